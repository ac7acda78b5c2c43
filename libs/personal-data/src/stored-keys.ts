import { randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { gathered } from './gathered';
import { keyBytes, type KeyEncryptionKey } from './key-encryption-key';
import type { KeyName, KeyStore, StoredKey, Subject, SubjectRole } from './key-store';

export type SubjectName = Readonly<{ stream: string; role: SubjectRole }>;
export type KeyVersion = KeyName & Readonly<{ version: number }>;

/** The versions of one subject's key of one class. */
export type Versions = ReadonlyMap<number, KeyObject | 'destroyed'>;

export const subjectName = ({ stream, role }: SubjectName): string => `${role} ${stream}`;
export const keyName = (key: KeyName): string => `${key.subject} ${key.class}`;
const keyLabel = (key: KeyVersion): readonly (string | number)[] => ['subject key', key.subject, key.class, key.version];

export type StoredKeys = Readonly<{
  /** The subjects by `subjectName`; those that do not exist are made. */
  subjects(names: readonly SubjectName[]): Promise<ReadonlyMap<string, string>>;
  /** Wrapped keys by `keyName`; those that do not exist are made. */
  findOrMake(names: readonly KeyName[]): Promise<WrappedKeys>;
  /** Wrapped keys by `keyName`, as far as they exist. */
  find(names: readonly KeyName[]): Promise<WrappedKeys>;
  /** @throws WrongKeyEncryptionKey */
  unwrap(keys: readonly StoredKey[]): Versions;
}>;
export type WrappedKeys = ReadonlyMap<string, readonly StoredKey[]>;

/** The key store as the keyring sees it: requests are gathered into few round trips, new keys are random and wrapped. */
export function storedKeys(store: KeyStore, keyEncryptionKey: KeyEncryptionKey): StoredKeys {
  const proposeKey = (name: KeyName): StoredKey => {
    const key = { ...name, version: 1 };
    return { ...key, wrapped: keyEncryptionKey.wrap(randomBytes(keyBytes), keyLabel(key)), kekId: keyEncryptionKey.id };
  };
  const open = (key: StoredKey): KeyObject | 'destroyed' =>
    key.wrapped === null ? 'destroyed' : keyEncryptionKey.unwrap({ wrapped: key.wrapped, kekId: key.kekId }, keyLabel(key));

  return {
    subjects: gathered(async (names: readonly SubjectName[]) => {
      const proposals = unique(names, subjectName).map(({ stream, role }): Subject => ({ stream, role, subject: randomUUID() }));
      return new Map((await store.subjects(proposals)).map((one) => [subjectName(one), one.subject]));
    }),
    findOrMake: gathered(async (names: readonly KeyName[]) => grouped(await store.keys(unique(names, keyName).map(proposeKey)))),
    find: gathered(async (names: readonly KeyName[]) => grouped(await store.findKeys(unique(names, keyName)))),
    // Not part of the gathered loads: one key that does not unwrap must not fail those who asked for others.
    unwrap: (keys) => new Map(keys.map((key) => [key.version, open(key)])),
  };
}

const unique = <T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] => [
  ...new Map(all.map((one) => [nameOf(one), one])).values(),
];

function grouped(keys: readonly StoredKey[]): WrappedKeys {
  const groups = new Map<string, StoredKey[]>();
  for (const key of keys) {
    const group = groups.get(keyName(key));
    if (group) group.push(key);
    else groups.set(keyName(key), [key]);
  }
  return groups;
}
