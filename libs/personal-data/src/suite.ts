import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';

/** One way to encrypt with authenticated context. Its name stands in every value, so that another can be used beside it later. */
export type Suite = Readonly<{
  name: string;
  /** @returns nonce ‖ ciphertext ‖ tag */
  encrypt(key: KeyObject, plain: Uint8Array, context: string): Buffer;
  /** @returns undefined when key, context or bytes are not those of the encryption */
  decrypt(key: KeyObject, bytes: Uint8Array, context: string): Buffer | undefined;
}>;

const nonceBytes = 12;
const tagBytes = 16;
const options = { authTagLength: tagBytes };

/** Nonces are cut from a pool of random bytes, each byte used once: asking the system for twelve at a time costs more than the encryption. */
const pool = Buffer.alloc(nonceBytes * 1_024);
let used = pool.length;
function freshNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += nonceBytes;
  return Buffer.from(pool.subarray(used - nonceBytes, used));
}

/** AES-256-GCM with a random nonce of 96 bits. One key protects few values, far below the 2^32 that random nonces allow. */
export const a256gcm: Suite = {
  name: 'A256GCM',
  encrypt(key, plain, context) {
    const nonce = freshNonce();
    const cipher = createCipheriv('aes-256-gcm', key, nonce, options);
    cipher.setAAD(Buffer.from(context, 'utf8'));
    const encrypted = cipher.update(plain);
    cipher.final();
    return Buffer.concat([nonce, encrypted, cipher.getAuthTag()]);
  },
  decrypt(key, bytes, context) {
    if (bytes.length < nonceBytes + tagBytes) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), options);
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
    const plain = decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes));
    try {
      decipher.final();
      return plain;
    } catch {
      return undefined;
    }
  },
};

export const suites: ReadonlyMap<string, Suite> = new Map([[a256gcm.name, a256gcm]]);
