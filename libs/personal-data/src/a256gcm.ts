import { createCipheriv, createDecipheriv } from 'node:crypto';
import { randomSource } from './random-bytes';
import type { Suite } from './suite';

const nonceBytes = 12;
const tagBytes = 16;
const options = { authTagLength: tagBytes };
const freshNonce = randomSource(nonceBytes);

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
