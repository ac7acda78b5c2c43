import { randomBytes } from 'node:crypto';
import { KeyEncryptionKey } from './key-encryption-key';
import type { KeyStore, StoredKey } from './key-store';
import { Keyring, type KeyringLimits } from './keyring';
import { memoryKeyStore } from './memory-key-store';

/** A key store in memory that counts its round trips and whose keys can be destroyed or lost. */
export function watchedKeyStore(): KeyStore & { trips(): number; destroy(subject: string): void; lose(subject: string): void } {
  const store = memoryKeyStore();
  const destroyed = new Set<string>();
  const lost = new Set<string>();
  let trips = 0;
  const seen = async (keys: Promise<readonly StoredKey[]>): Promise<readonly StoredKey[]> => {
    trips += 1;
    return (await keys)
      .filter((key) => !lost.has(key.subject))
      .map((key) => (destroyed.has(key.subject) ? { ...key, wrapped: null } : key));
  };
  return {
    subjects: (proposals) => {
      trips += 1;
      const names = new Set(proposals.map(({ stream, role }) => JSON.stringify([stream, role])));
      if (names.size < proposals.length) throw new Error('a subject was proposed twice in one question');
      return store.subjects(proposals);
    },
    keys: (proposals) => seen(store.keys(proposals)),
    findKeys: (names) => seen(store.findKeys(names)),
    serviceKey: (proposal) => store.serviceKey(proposal),
    trips: () => trips,
    destroy: (subject) => destroyed.add(subject),
    lose: (subject) => lost.add(subject),
  };
}

type KeyringForTests = Readonly<{
  store?: KeyStore;
  keyEncryptionKey?: KeyEncryptionKey;
  limits?: Partial<KeyringLimits>;
  now?: () => number;
}>;

export const newKeyEncryptionKey = (): KeyEncryptionKey => new KeyEncryptionKey(randomBytes(32));

export function keyringForTests(options: KeyringForTests = {}): Promise<Keyring> {
  return Keyring.open({ store: memoryKeyStore(), keyEncryptionKey: newKeyEncryptionKey(), ...options });
}
