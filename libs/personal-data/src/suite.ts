import type { KeyObject } from 'node:crypto';

export const sealingSuiteNames = ['A256GCM', 'SM4-CTR-HMAC-SM3'] as const;

/** How new values are sealed. Values of every suite open side by side, whichever is chosen for new ones. */
export type SealingSuiteName = (typeof sealingSuiteNames)[number];

/** One way to encrypt with authenticated context. Its name stands in every value and is bound into it. */
export type Suite = Readonly<{
  name: SealingSuiteName;
  /** @returns nonce ‖ ciphertext ‖ tag */
  encrypt(key: KeyObject, plain: Uint8Array, context: string): Buffer;
  /** @returns undefined when key, context or bytes are not those of the encryption */
  decrypt(key: KeyObject, bytes: Uint8Array, context: string): Buffer | undefined;
}>;
