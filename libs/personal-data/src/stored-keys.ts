import { randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { gathered } from './gathered';
import { keyBytes, serviceKeyLabel, subjectKeyLabel } from './key-encryption-key';
import type { KeyEncryptionKeys } from './key-encryption-keys';
import type { KeyName, KeyStore, ProposedKey, StoredKey, Subject, SubjectName } from './key-store';
import type { DataClass } from './sealed';

/** The versions of one subject's key of one class. */
export type Versions = Readonly<{
  keys: ReadonlyMap<number, KeyObject | 'destroyed'>;
  /** What seals new values: the newest active version; undefined where there is none. */
  sealing: Readonly<{ version: number; key: KeyObject }> | undefined;
}>;

/** Streams, roles and ids of events hold no space: no two subjects read the same. */
export const subjectName = ({ stream, role, event, pointer }: SubjectName): string => `${role} ${event} ${stream} ${pointer}`;
export const keyName = (key: KeyName): string => `${key.subject} ${key.class}`;

/** Whose key of which class. */
export type KeyOwner = SubjectName & Readonly<{ class: DataClass }>;
export type WrappedKeysByName = ReadonlyMap<string, readonly StoredKey[]>;

export type StoredKeys = Readonly<{
  /** The subjects by `subjectName` and their keys by `keyName`; subjects that do not exist are made, with keys of the classes asked for. */
  admit(owners: readonly KeyOwner[]): Promise<Readonly<{ subjects: ReadonlyMap<string, string>; keys: WrappedKeysByName }>>;
  /** Wrapped keys by `keyName`; where no version is active, one is made. */
  findOrMake(names: readonly KeyName[]): Promise<WrappedKeysByName>;
  /** Wrapped keys by `keyName`, as far as they exist. */
  find(names: readonly KeyName[]): Promise<WrappedKeysByName>;
  /** @throws WrongKeyEncryptionKey */
  unwrap(keys: readonly StoredKey[]): Promise<Versions>;
  /** The service's own key of this purpose; made when it does not exist. @throws WrongKeyEncryptionKey */
  serviceKey(purpose: string): Promise<KeyObject>;
  /** Everybody who was ever named in a stream. */
  subjectsOf(stream: string): Promise<readonly Subject[]>;
}>;

/** Processes that make a version of one key at the same moment take turns; more often than this only if its versions retire all the time. */
const makingAttempts = 5;
const anyPurpose = 'request-digest';

/** The key store as the keyring sees it: requests are gathered into few round trips, new keys are random and wrapped. */
export function storedKeys(store: KeyStore, keyEncryptionKeys: KeyEncryptionKeys): StoredKeys {
  const propose = (name: KeyName, version: number): ProposedKey => {
    const key = { subject: name.subject, class: name.class, version };
    return { ...key, ...newKey(keyEncryptionKeys, subjectKeyLabel(key)) };
  };
  const storedServiceKey = (purpose: string) => store.serviceKey({ purpose, ...newKey(keyEncryptionKeys, serviceKeyLabel(purpose)) });
  // A key file that was exchanged for a foreign one must not wrap anything: the keys would be lost with it.
  const fits = async (keys: KeyEncryptionKeys): Promise<void> => {
    keys.unwrap(await storedServiceKey(anyPurpose), serviceKeyLabel(anyPurpose));
  };

  return {
    admit: gathered(async (owners: readonly KeyOwner[]) => {
      await keyEncryptionKeys.refresh(fits);
      const admitted = await store.admit(newcomersOf(owners, propose));
      return { subjects: new Map(admitted.subjects.map((one) => [subjectName(one), one.subject])), keys: grouped(admitted.keys) };
    }),
    findOrMake: gathered(async (wanted: readonly KeyName[]) => {
      await keyEncryptionKeys.refresh(fits);
      let lacking = unique(wanted, keyName);
      let found: WrappedKeysByName = new Map();
      for (let attempt = 0; lacking.length > 0; attempt += 1) {
        if (attempt === makingAttempts) throw new Error('the key store took no new version of a key');
        const free = (name: KeyName): number => (found.get(keyName(name))?.at(-1)?.version ?? 0) + 1;
        found = new Map([...found, ...grouped(await store.keys(lacking.map((name) => propose(name, free(name)))))]);
        lacking = lacking.filter((name) => !found.get(keyName(name))?.some(({ state }) => state === 'active'));
      }
      return found;
    }),
    find: gathered(async (names: readonly KeyName[]) => grouped(await store.findKeys(unique(names, keyName)))),
    // Not part of the gathered loads: one key that does not unwrap must not fail those who asked for others.
    async unwrap(keys) {
      await keyEncryptionKeys.meet(keys.filter(({ wrapped }) => wrapped !== null));
      return versionsOf(keys, keyEncryptionKeys);
    },
    async serviceKey(purpose) {
      const stored = await storedServiceKey(purpose);
      await keyEncryptionKeys.meet([stored]);
      return keyEncryptionKeys.unwrap(stored, serviceKeyLabel(purpose));
    },
    subjectsOf: (stream) => store.subjectsOf(stream),
  };
}

export function newKey(keyEncryptionKeys: KeyEncryptionKeys, label: readonly (string | number)[]) {
  const bytes = randomBytes(keyBytes);
  const wrapped = keyEncryptionKeys.wrap(bytes, label);
  bytes.fill(0);
  return wrapped;
}

function newcomersOf(owners: readonly KeyOwner[], propose: (name: KeyName, version: number) => ProposedKey) {
  const newcomers = new Map<string, { owner: KeyOwner; subject: string; classes: Set<DataClass> }>();
  for (const owner of owners) {
    const name = subjectName(owner);
    const newcomer = newcomers.get(name);
    if (newcomer) newcomer.classes.add(owner.class);
    else newcomers.set(name, { owner, subject: randomUUID(), classes: new Set([owner.class]) });
  }
  return [...newcomers.values()].map(({ owner: { stream, role, event, pointer }, subject, classes }) => ({
    subject: { stream, role, event, pointer, subject },
    keys: [...classes].map((dataClass) => propose({ subject, class: dataClass }, 1)),
  }));
}

function versionsOf(stored: readonly StoredKey[], keyEncryptionKeys: KeyEncryptionKeys): Versions {
  const keys = new Map<number, KeyObject | 'destroyed'>();
  let sealing: Versions['sealing'];
  for (const one of stored) {
    if (one.state === 'destroyed') {
      keys.set(one.version, 'destroyed');
      continue;
    }
    const key = keyEncryptionKeys.unwrap(one, subjectKeyLabel(one));
    keys.set(one.version, key);
    if (one.state === 'active' && one.version > (sealing?.version ?? 0)) sealing = { version: one.version, key };
  }
  return { keys, sealing };
}

const unique = <T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] => [
  ...new Map(all.map((one) => [nameOf(one), one])).values(),
];

/** Versions in ascending order, as the store gives them. */
function grouped(keys: readonly StoredKey[]): WrappedKeysByName {
  const groups = new Map<string, StoredKey[]>();
  for (const key of keys) {
    const group = groups.get(keyName(key));
    if (group) group.push(key);
    else groups.set(keyName(key), [key]);
  }
  return groups;
}
