import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { WrongKeyEncryptionKey } from './errors';
import { a256gcm } from './a256gcm';
import type { KeyVersion } from './key-store';

/** Bytes of every key in this room. */
export const keyBytes = 32;

/** What a wrapped key is for: it unwraps under the same label only. */
export type KeyLabel = readonly (string | number)[];
export type Wrapped = Readonly<{ wrapped: Uint8Array; kekId: string }>;

export const subjectKeyLabel = (key: KeyVersion): KeyLabel => ['subject key', key.subject, key.class, key.version];
export const serviceKeyLabel = (purpose: string): KeyLabel => ['service key', purpose];

/** Wraps the keys that rest in the key store. Its own bytes are never printed: `id` is all that may be shown. */
export class KeyEncryptionKey {
  /** A digest of the key, safe to store: it tells which key wrapped another, not what the key is. */
  readonly id: string;
  readonly #key: KeyObject;

  /** @param bytes 32 random bytes */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== keyBytes) throw new RangeError(`a key-encryption key has ${keyBytes} bytes`);
    this.#key = createSecretKey(bytes);
    this.id = createHash('sha256').update('guitu key-encryption key id').update(bytes).digest('hex').slice(0, 16);
  }

  wrap(key: Uint8Array, label: KeyLabel): Wrapped {
    return { wrapped: a256gcm.encrypt(this.#key, key, this.#context(label)), kekId: this.id };
  }

  /** @throws WrongKeyEncryptionKey when it was wrapped by another key, or under another label */
  unwrap(stored: Wrapped, label: KeyLabel): KeyObject {
    if (stored.kekId !== this.id) {
      throw new WrongKeyEncryptionKey(
        `the stored keys belong to the key-encryption key ${stored.kekId}, but the key file holds ${this.id}; put the right key file in place`,
      );
    }
    const bytes = a256gcm.decrypt(this.#key, stored.wrapped, this.#context(label));
    if (!bytes)
      throw new WrongKeyEncryptionKey(`a stored key (${label.join(' ')}) does not unwrap: it was changed or moved in the key store`);
    const key = createSecretKey(bytes);
    bytes.fill(0);
    return key;
  }

  #context(label: KeyLabel): string {
    return JSON.stringify(['guitu wrapped key', a256gcm.name, this.id, ...label]);
  }
}
