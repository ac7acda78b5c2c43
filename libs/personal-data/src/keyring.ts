import { createHmac, type KeyObject } from 'node:crypto';
import { ExpiringCache } from './expiring-cache';
import type { KeyEncryptionKey } from './key-encryption-key';
import { keyEncryptionKeysOf, type KeyEncryptionKeys } from './key-encryption-keys';
import type { KeyName, KeyStore, KeyVersion, Subject } from './key-store';
import { keyName, storedKeys, subjectName, type KeyOwner, type StoredKeys, type Versions, type WrappedKeysByName } from './stored-keys';
import type { SealingSuiteName, Suite } from './suite';
import { suiteNamed } from './suites';

/**
 * How much a keyring remembers: keys and subjects, each at most so many (the one unused for longest makes room), and for how many milliseconds.
 * A destroyed key is out of use everywhere when the lifetime has passed, and `destroy` waits for as long. Smaller limits cost round trips to
 * the key store, nothing else; 0 remembers nothing.
 */
export const keyringLimits = { keys: 10_000, subjects: 10_000, lifetimeMs: 60_000 } as const;
export type KeyringLimits = Readonly<{ keys: number; subjects: number; lifetimeMs: number }>;

export type KeyringOptions = Readonly<{
  store: KeyStore;
  /** One key, or the current one with those before it; see `openKeyFile`. */
  keyEncryptionKey: KeyEncryptionKey | KeyEncryptionKeys;
  /** How new values are sealed; those of every suite open. Default: A256GCM. */
  suite?: SealingSuiteName;
  limits?: Partial<KeyringLimits>;
  /** A clock that never goes back, in milliseconds. */
  now?: () => number;
}>;

export type SealingKey = Readonly<{ subject: string; version: number; key: KeyObject }>;

export const ownerName = (owner: KeyOwner): string => `${owner.class} ${subjectName(owner)}`;

/** The moment at which something was asked of the store, and how often `forget` had been called by then. */
type Asked = Readonly<{ at: number; forgotten: number }>;

/** Makes, finds and remembers the keys of human beings: one per subject and class, wrapped in the store, open only in this memory. */
export class Keyring {
  readonly suite: Suite;
  readonly #stored: StoredKeys;
  readonly #digestKey: KeyObject;
  readonly #subjects: ExpiringCache<string>;
  readonly #keys: ExpiringCache<Versions>;
  readonly #now: () => number;
  /** Counts the calls of `forget`: what was loaded before one must not be remembered after it. */
  #forgotten = 0;

  private constructor(options: KeyringOptions, stored: StoredKeys, digestKey: KeyObject) {
    const { keys, subjects, lifetimeMs } = { ...keyringLimits, ...options.limits };
    this.#now = options.now ?? (() => performance.now());
    this.suite = suiteNamed(options.suite ?? 'A256GCM');
    this.#stored = stored;
    this.#digestKey = digestKey;
    this.#keys = new ExpiringCache({ limit: keys, lifetimeMs, now: this.#now });
    this.#subjects = new ExpiringCache({ limit: subjects, lifetimeMs, now: this.#now });
  }

  /** @throws WrongKeyEncryptionKey when the store was filled under another key-encryption key */
  static async open(options: KeyringOptions): Promise<Keyring> {
    const stored = storedKeys(options.store, keyEncryptionKeysOf(options.keyEncryptionKey));
    return new Keyring(options, stored, await stored.serviceKey('request-digest'));
  }

  /** Keyed digest (HMAC-SHA256, base64url) for comparing requests: without the key nobody can find a text by trying. The same in every process. */
  digest(text: string): string {
    return createHmac('sha256', this.#digestKey).update(text, 'utf8').digest('base64url');
  }

  /** A key of the service itself, the same in every process. @throws WrongKeyEncryptionKey */
  serviceKey(purpose: 'blind-index'): Promise<KeyObject> {
    return this.#stored.serviceKey(purpose);
  }

  /** Whose the references in the sealed values of a stream are: asked of the store each time, nothing is remembered. */
  subjectsOf(stream: string): Promise<readonly Subject[]> {
    return this.#stored.subjectsOf(stream);
  }

  /**
   * The newest active key of every owner, by `ownerName`; subjects and keys that do not exist are made, and a new version where all were retired
   * or destroyed. No round trip when all are remembered, one for those who are new to this memory, shared with everybody who asks at the same time.
   * @throws WrongKeyEncryptionKey
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
      const sealing = this.#keys.get(keyName({ subject, class: owner.class }))?.sealing;
      if (sealing === undefined) return undefined;
      keys.set(ownerName(owner), { subject, version: sealing.version, key: sealing.key });
    }
    return keys;
  }

  async #loadedKeys(owners: readonly KeyOwner[]): Promise<ReadonlyMap<string, SealingKey>> {
    const subjects = await this.#subjectsOf(owners);
    const names = owners.map((owner) => ({ subject: subjects.of(owner), class: owner.class }));
    const versions = await this.#versionsOf(names, {
      loaded: subjects.versions,
      suffices: (known) => known?.sealing !== undefined,
      load: this.#stored.findOrMake,
    });
    return new Map(
      owners.map((owner, index) => {
        const name = names[index] as KeyName;
        const sealing = versions.get(keyName(name))?.sealing;
        if (!sealing) throw new Error('the key store gave no key for a subject and class');
        return [ownerName(owner), { subject: name.subject, version: sealing.version, key: sealing.key }];
      }),
    );
  }

  /** Finds the keys that were asked for; the answer gives undefined for a key that was destroyed. @throws WrongKeyEncryptionKey */
  async openingKeys(wanted: readonly KeyVersion[]): Promise<(key: KeyVersion) => KeyObject | undefined> {
    const suffices = (versions: Versions | undefined, key: KeyVersion): boolean => versions?.keys.has(key.version) ?? false;
    const versions = await this.#versionsOf(wanted, { suffices, load: this.#stored.find });
    return (key) => {
      const found = versions.get(keyName(key))?.keys.get(key.version);
      return found === 'destroyed' ? undefined : found;
    };
  }

  /** Drops what is remembered of a subject, at once: for the moment its keys are destroyed or renewed. */
  forget(subject: string): void {
    this.#forgotten += 1;
    this.#subjects.deleteWhere((remembered) => remembered === subject);
    this.#keys.deleteWhere((_, name) => name.startsWith(`${subject} `));
  }

  async #subjectsOf(owners: readonly KeyOwner[]) {
    const subjects = new Map<string, string>();
    const missing: KeyOwner[] = [];
    for (const owner of owners) {
      const name = subjectName(owner);
      const subject = subjects.get(name) ?? this.#subjects.get(name);
      if (subject === undefined) missing.push(owner);
      else subjects.set(name, subject);
    }
    const asked = this.#ask();
    const admitted = missing.length === 0 ? undefined : await this.#stored.admit(missing);
    const names: KeyName[] = [];
    for (const owner of missing) {
      const name = subjectName(owner);
      const subject = admitted?.subjects.get(name);
      if (subject === undefined) throw new Error('the key store gave no subject for who was named');
      subjects.set(name, subject);
      names.push({ subject, class: owner.class });
      if (asked.forgotten === this.#forgotten) this.#subjects.set(name, subject, asked.at);
    }
    const versions = await this.#unwrapped(names, admitted?.keys ?? new Map<string, never>(), asked);
    return { of: (owner: KeyOwner): string => subjects.get(subjectName(owner)) as string, versions };
  }

  async #versionsOf<K extends KeyName>(
    wanted: readonly K[],
    {
      loaded,
      suffices,
      load,
    }: Readonly<{
      loaded?: ReadonlyMap<string, Versions>;
      suffices: (versions: Versions | undefined, key: K) => boolean;
      load: (names: readonly KeyName[]) => Promise<WrappedKeysByName>;
    }>,
  ): Promise<ReadonlyMap<string, Versions>> {
    const result = new Map<string, Versions>(loaded);
    const missing = new Map<string, KeyName>();
    for (const key of wanted) {
      const name = keyName(key);
      const versions = result.get(name) ?? this.#keys.get(name);
      if (versions) result.set(name, versions);
      if (!suffices(versions, key)) missing.set(name, { subject: key.subject, class: key.class });
    }
    if (missing.size === 0) return result;
    const names = [...missing.values()];
    const asked = this.#ask();
    for (const [name, versions] of await this.#unwrapped(names, await load(names), asked)) result.set(name, versions);
    return result;
  }

  /** The keys of these names, open and from now on remembered: as of the moment they were asked for, so that they are out of use in time. */
  async #unwrapped(names: readonly KeyName[], wrapped: WrappedKeysByName, asked: Asked): Promise<ReadonlyMap<string, Versions>> {
    const result = new Map<string, Versions>();
    for (const name of new Set(names.map(keyName))) {
      const versions = await this.#stored.unwrap(wrapped.get(name) ?? []);
      result.set(name, versions);
      if (versions.keys.size > 0 && asked.forgotten === this.#forgotten) this.#keys.set(name, versions, asked.at);
    }
    return result;
  }

  #ask(): Asked {
    return { at: this.#now(), forgotten: this.#forgotten };
  }
}
