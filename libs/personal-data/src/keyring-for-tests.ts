import { randomBytes } from 'node:crypto';
import { KeyEncryptionKey } from './key-encryption-key';
import { destroyKeys, rangesOf, retireKeys } from './key-life';
import type { KeyLifeStore } from './key-life-store';
import type { KeyName, KeyStore, StoredKey } from './key-store';
import { Keyring, type KeyringLimits, type KeyringOptions } from './keyring';
import { memoryKeyStore } from './memory-key-store';
import { dataClasses } from './sealed';
import type { SealingSuiteName } from './suite';

/** A key store in memory that counts its round trips and whose keys can be destroyed or lost. */
export function watchedKeyStore() {
  const store = memoryKeyStore();
  const lost = new Set<string>();
  let trips = 0;
  const seen = async (keys: Promise<readonly StoredKey[]>): Promise<readonly StoredKey[]> => {
    trips += 1;
    return (await keys).filter((key) => !lost.has(key.subject));
  };
  const watched: KeyStore = {
    ...store,
    admit: async (newcomers) => {
      const names = new Set(newcomers.map(({ subject }) => JSON.stringify({ ...subject, subject: '' })));
      if (names.size < newcomers.length) throw new Error('a subject was proposed twice in one question');
      const { subjects, keys } = await store.admit(newcomers);
      return { subjects, keys: await seen(Promise.resolve(keys)) };
    },
    keys: (proposals) => seen(store.keys(proposals)),
    findKeys: (names) => seen(store.findKeys(names)),
  };
  return {
    ...watched,
    life: store as KeyLifeStore,
    trips: (): number => trips,
    destroy: async (subject: string): Promise<void> => {
      const retired = await retireKeys(store, allKeysOf(subject));
      await destroyKeys(store, rangesOf(retired), 0);
    },
    lose: async (subject: string): Promise<void> => void lost.add(subject),
  };
}

export const allKeysOf = (subject: string): readonly KeyName[] => dataClasses.map((dataClass) => ({ subject, class: dataClass }));

type KeyringForTests = Readonly<{
  store?: KeyStore;
  keyEncryptionKey?: KeyringOptions['keyEncryptionKey'];
  suite?: SealingSuiteName;
  limits?: Partial<KeyringLimits>;
  now?: () => number;
}>;

export const newKeyEncryptionKey = (): KeyEncryptionKey => new KeyEncryptionKey(randomBytes(32));

export function keyringForTests(options: KeyringForTests = {}): Promise<Keyring> {
  return Keyring.open({ store: memoryKeyStore(), keyEncryptionKey: newKeyEncryptionKey(), ...options });
}
