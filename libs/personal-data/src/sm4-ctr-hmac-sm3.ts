import { createCipheriv, createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { randomSource } from './random-bytes';
import type { Suite } from './suite';

const counterBytes = 16;
const tagBytes = 32;
const sm4KeyBytes = 16;
const lengthBytes = 4;
const freshCounter = randomSource(counterBytes);

/** SM4 (GB/T 32907-2016) in counter mode; encrypting and decrypting are the same. @param counter 16 bytes, the first counter block */
export function sm4Ctr(key: KeyObject, counter: Uint8Array, bytes: Uint8Array): Buffer {
  const cipher = createCipheriv('sm4-ctr', key, counter);
  const changed = cipher.update(bytes);
  cipher.final();
  return changed;
}

/** HMAC (RFC 2104) with SM3 (GB/T 32905-2016), 32 bytes. */
export function hmacSm3(key: KeyObject, ...parts: readonly (Uint8Array | string)[]): Buffer {
  const mac = createHmac('sm3', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

type TwoKeys = Readonly<{ encryption: KeyObject; authentication: KeyObject }>;

/** Derived once for each key that is held in memory, and gone with it. */
const derived = new WeakMap<KeyObject, TwoKeys>();

/** One block of HKDF-Expand (RFC 5869) with HMAC-SM3 for each purpose: the key itself is random, so nothing has to be extracted first. */
function twoKeysOf(key: KeyObject): TwoKeys {
  const known = derived.get(key);
  if (known !== undefined) return known;
  const expand = (purpose: string): Buffer => hmacSm3(key, `guitu SM4-CTR-HMAC-SM3 ${purpose}`, Uint8Array.of(1));
  const two = {
    encryption: createSecretKey(expand('encryption').subarray(0, sm4KeyBytes)),
    authentication: createSecretKey(expand('authentication')),
  };
  derived.set(key, two);
  return two;
}

function tagOf(key: KeyObject, sealed: Uint8Array, context: string): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(Buffer.byteLength(context, 'utf8'));
  return hmacSm3(key, length, context, sealed);
}

/**
 * SM4-CTR with a random first counter block of 128 bits, then HMAC-SM3 over context and ciphertext (encrypt-then-MAC), with a key for each that is
 * derived from the 256 bits of the value's key. SM4 itself has keys of 128 bits.
 */
export const sm4CtrHmacSm3: Suite = {
  name: 'SM4-CTR-HMAC-SM3',
  encrypt(key, plain, context) {
    const { encryption, authentication } = twoKeysOf(key);
    const counter = freshCounter();
    const sealed = Buffer.concat([counter, sm4Ctr(encryption, counter, plain)]);
    return Buffer.concat([sealed, tagOf(authentication, sealed, context)]);
  },
  decrypt(key, bytes, context) {
    if (bytes.length < counterBytes + tagBytes) return undefined;
    const { encryption, authentication } = twoKeysOf(key);
    const sealed = bytes.subarray(0, bytes.length - tagBytes);
    if (!timingSafeEqual(tagOf(authentication, sealed, context), bytes.subarray(bytes.length - tagBytes))) return undefined;
    return sm4Ctr(encryption, sealed.subarray(0, counterBytes), sealed.subarray(counterBytes));
  },
};
