import { createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { SubjectErased } from './errors';
import { ExpiringCache } from './expiring-cache';
import { keyBytes, type KeyEncryptionKey } from './key-encryption-key';
import type { KeyName, KeyStore, SubjectRole } from './key-store';
import type { DataClass } from './sealed';
import { keyName, storedKeys, subjectName, type KeyVersion, type StoredKeys, type Versions, type WrappedKeys } from './stored-keys';

/** How much the keyring remembers, and for how long. A destroyed key is out of use everywhere when the lifetime has passed. */
export const keyringLimits = { keys: 10_000, subjects: 10_000, lifetimeMs: 60_000 } as const;
export type KeyringLimits = Readonly<{ keys: number; subjects: number; lifetimeMs: number }>;

export type KeyringOptions = Readonly<{
  store: KeyStore;
  keyEncryptionKey: KeyEncryptionKey;
  limits?: Partial<KeyringLimits>;
  /** A clock that never goes back, in milliseconds. */
  now?: () => number;
}>;

/** Whose key of which class: the human being who plays this role in this stream. */
export type KeyOwner = Readonly<{ stream: string; role: SubjectRole; class: DataClass }>;
export type SealingKey = Readonly<{ subject: string; version: number; key: KeyObject }>;

export const ownerName = (owner: KeyOwner): string => `${owner.class} ${owner.role} ${owner.stream}`;

/** Makes, finds and remembers the keys of human beings: one per subject and class, wrapped in the store, open only in this memory. */
export class Keyring {
  readonly #stored: StoredKeys;
  readonly #digestKey: KeyObject;
  readonly #subjects: ExpiringCache<string>;
  readonly #keys: ExpiringCache<Versions>;
  /** Counts the calls of `forget`: what was loaded before one must not be remembered after it. */
  #forgotten = 0;

  private constructor(options: KeyringOptions, digestKey: KeyObject) {
    const { keys, subjects, lifetimeMs } = { ...keyringLimits, ...options.limits };
    const now = options.now ?? (() => performance.now());
    this.#stored = storedKeys(options.store, options.keyEncryptionKey);
    this.#digestKey = digestKey;
    this.#keys = new ExpiringCache({ limit: keys, lifetimeMs, now });
    this.#subjects = new ExpiringCache({ limit: subjects, lifetimeMs, now });
  }

  /** @throws WrongKeyEncryptionKey when the store was filled under another key-encryption key */
  static async open(options: KeyringOptions): Promise<Keyring> {
    const { store, keyEncryptionKey } = options;
    const purpose = 'request-digest';
    const label = ['service key', purpose];
    const proposal = { purpose, wrapped: keyEncryptionKey.wrap(randomBytes(keyBytes), label), kekId: keyEncryptionKey.id };
    return new Keyring(options, keyEncryptionKey.unwrap(await store.serviceKey(proposal), label));
  }

  /** Keyed digest (HMAC-SHA256, base64url) for comparing requests: without the key nobody can find a text by trying. The same in every process. */
  digest(text: string): string {
    return createHmac('sha256', this.#digestKey).update(text, 'utf8').digest('base64url');
  }

  /**
   * The newest key of every owner, by `ownerName`; subjects and keys that do not exist are made. No round trip when all are remembered, else at most
   * one for the subjects and one for the keys, shared with everybody who asks at the same time.
   * @throws SubjectErased, WrongKeyEncryptionKey
   */
  async sealingKeys(owners: readonly KeyOwner[]): Promise<ReadonlyMap<string, SealingKey>> {
    return this.#rememberedKeys(owners) ?? (await this.#loadedKeys(owners));
  }

  /** The same from memory alone; undefined where anything is missing there. */
  #rememberedKeys(owners: readonly KeyOwner[]): ReadonlyMap<string, SealingKey> | undefined {
    const keys = new Map<string, SealingKey>();
    for (const owner of owners) {
      const subject = this.#subjects.get(subjectName(owner));
      if (subject === undefined) return undefined;
      const name = { subject, class: owner.class };
      const versions = this.#keys.get(keyName(name));
      if (versions === undefined) return undefined;
      keys.set(ownerName(owner), newest(name, versions));
    }
    return keys;
  }

  async #loadedKeys(owners: readonly KeyOwner[]): Promise<ReadonlyMap<string, SealingKey>> {
    const subjects = await this.#subjectsOf(owners);
    const names = owners.map((owner) => ({ subject: subjects.get(subjectName(owner)) ?? '', class: owner.class }));
    const versions = await this.#versionsOf(names, (versions) => versions !== undefined, this.#stored.findOrMake);
    return new Map(
      owners.map((owner, index) => {
        const name = names[index] as KeyName;
        return [ownerName(owner), newest(name, versions.get(keyName(name)) ?? new Map<number, never>())];
      }),
    );
  }

  /** Finds the keys that were asked for; the answer gives undefined for a key that was destroyed. @throws WrongKeyEncryptionKey */
  async openingKeys(wanted: readonly KeyVersion[]): Promise<(key: KeyVersion) => KeyObject | undefined> {
    const known = (versions: Versions | undefined, key: KeyVersion): boolean => versions?.has(key.version) ?? false;
    const versions = await this.#versionsOf(wanted, known, this.#stored.find);
    return (key) => {
      const found = versions.get(keyName(key))?.get(key.version);
      return found === 'destroyed' ? undefined : found;
    };
  }

  /** Drops what is remembered of a subject, at once: for the moment its keys are destroyed or renewed. */
  forget(subject: string): void {
    this.#forgotten += 1;
    this.#subjects.deleteWhere((remembered) => remembered === subject);
    this.#keys.deleteWhere((_, name) => name.startsWith(`${subject} `));
  }

  async #subjectsOf(owners: readonly KeyOwner[]): Promise<ReadonlyMap<string, string>> {
    const result = new Map<string, string>();
    const missing = new Map<string, KeyOwner>();
    for (const owner of owners) {
      const name = subjectName(owner);
      const subject = result.get(name) ?? this.#subjects.get(name);
      if (subject === undefined) missing.set(name, owner);
      else result.set(name, subject);
    }
    if (missing.size === 0) return result;
    const before = this.#forgotten;
    const loaded = await this.#stored.subjects([...missing.values()]);
    for (const name of missing.keys()) {
      const subject = loaded.get(name);
      if (subject === undefined) throw new Error('the key store gave no subject for a stream and role');
      result.set(name, subject);
      if (before === this.#forgotten) this.#subjects.set(name, subject);
    }
    return result;
  }

  async #versionsOf<K extends KeyName>(
    wanted: readonly K[],
    suffices: (versions: Versions | undefined, key: K) => boolean,
    load: (names: readonly KeyName[]) => Promise<WrappedKeys>,
  ): Promise<ReadonlyMap<string, Versions>> {
    const result = new Map<string, Versions>();
    const missing = new Map<string, KeyName>();
    for (const key of wanted) {
      const name = keyName(key);
      const versions = result.get(name) ?? this.#keys.get(name);
      if (versions) result.set(name, versions);
      if (!suffices(versions, key)) missing.set(name, { subject: key.subject, class: key.class });
    }
    if (missing.size === 0) return result;
    const before = this.#forgotten;
    const loaded = await load([...missing.values()]);
    for (const name of missing.keys()) {
      const versions = this.#stored.unwrap(loaded.get(name) ?? []);
      result.set(name, versions);
      if (versions.size > 0 && before === this.#forgotten) this.#keys.set(name, versions);
    }
    return result;
  }
}

function newest(name: KeyName, versions: Versions): SealingKey {
  const version = Math.max(...versions.keys());
  const key = versions.get(version);
  if (key === 'destroyed')
    throw new SubjectErased(`the ${name.class} key of subject ${name.subject} was destroyed; nothing more can be sealed`);
  if (!key) throw new Error('the key store gave no key for a subject and class');
  return { subject: name.subject, version, key };
}
