import type { KeyObject } from 'node:crypto';
import { WrongKeyEncryptionKey } from './errors';
import type { KeyEncryptionKey, KeyLabel, Wrapped } from './key-encryption-key';

/** The key that wraps new keys, and those before it that may still wrap old ones. */
export type KeyEncryptionKeyList = readonly [current: KeyEncryptionKey, ...former: KeyEncryptionKey[]];

/** Milliseconds after which a process that makes keys looks again which key-encryption key is the current one. */
export const keyFileLifetimeMs = 30_000;

/**
 * Several key-encryption keys at once, so that one can take the place of another while requests run. Who meets keys wrapped by an unknown one,
 * or makes keys, first asks `source` what it says by now.
 */
export class KeyEncryptionKeys {
  #keys: KeyEncryptionKeyList;
  readonly #source: (() => Promise<KeyEncryptionKeyList>) | undefined;
  readonly #now: () => number;
  #readAt: number;
  #loading: Promise<KeyEncryptionKeyList> | undefined;

  /** @param source reads the list again, such as from its file; without one the list stays as it is */
  constructor(keys: KeyEncryptionKeyList, source?: () => Promise<KeyEncryptionKeyList>, now: () => number = () => performance.now()) {
    this.#keys = keys;
    this.#source = source;
    this.#now = now;
    this.#readAt = now();
  }

  get current(): KeyEncryptionKey {
    return this.#keys[0];
  }

  get former(): readonly KeyEncryptionKey[] {
    return this.#keys.slice(1);
  }

  wrap(key: Uint8Array, label: KeyLabel): Wrapped {
    return this.current.wrap(key, label);
  }

  /** @throws WrongKeyEncryptionKey when none of these keys wrapped it, or under another label */
  unwrap(stored: Wrapped, label: KeyLabel): KeyObject {
    const key = this.#keys.find(({ id }) => id === stored.kekId);
    if (key !== undefined) return key.unwrap(stored, label);
    const ids = this.#keys.map(({ id }) => id).join(', ');
    throw new WrongKeyEncryptionKey(
      `the stored keys belong to the key-encryption key ${stored.kekId}, but the key file holds ${ids}; put the right key file in place`,
    );
  }

  /** Reads the source again if any of these wrapped keys needs it. @throws UnsafeKeyFile */
  async meet(stored: readonly Readonly<{ kekId: string }>[]): Promise<void> {
    const unknown = stored.filter(({ kekId }) => !holds(this.#keys, kekId));
    if (unknown.length === 0) return;
    const loaded = await this.#load();
    if (unknown.some(({ kekId }) => holds(loaded, kekId))) this.#take(loaded);
  }

  /**
   * Before new keys are wrapped: reads the source again when that was long ago. A source that cannot be read changes nothing, the keys in
   * memory are good. @param check throws when a list that shares no key with today's does not fit the store: a wrong file was put in place
   */
  async refresh(check: (keys: KeyEncryptionKeys) => Promise<void>): Promise<void> {
    if (this.#source === undefined || this.#now() - this.#readAt < keyFileLifetimeMs) return;
    const loaded = await this.#load().catch(() => this.#keys);
    if (!loaded.some(({ id }) => holds(this.#keys, id))) await check(new KeyEncryptionKeys(loaded));
    this.#take(loaded);
  }

  #take(keys: KeyEncryptionKeyList): void {
    this.#keys = keys;
    this.#readAt = this.#now();
  }

  /** One reading at a time, for all who wait. */
  #load(): Promise<KeyEncryptionKeyList> {
    const source = this.#source;
    if (source === undefined) return Promise.resolve(this.#keys);
    return (this.#loading ??= source().finally(() => (this.#loading = undefined)));
  }
}

const holds = (keys: KeyEncryptionKeyList, wanted: string): boolean => keys.some(({ id }) => id === wanted);

/** A single key is a list of one that stays as it is. */
export const keyEncryptionKeysOf = (keys: KeyEncryptionKey | KeyEncryptionKeys): KeyEncryptionKeys =>
  keys instanceof KeyEncryptionKeys ? keys : new KeyEncryptionKeys([keys]);
