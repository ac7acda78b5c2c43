import type { KeyName, KeyVersion, ProposedKey, ServiceKey, StoredKey, Subject } from './key-store';

/** All versions of a key up to this one. */
export type KeyRange = KeyName & Readonly<{ upTo: number }>;

/** A version that seals nothing more. `retiredAt`: ISO 8601, UTC, by the store's clock. */
export type RetiredKey = KeyVersion & Readonly<{ retiredAt: string }>;

/** A version whose wrapped bytes are gone. `destroyedAt`: ISO 8601, UTC, by the store's clock. */
export type DestroyedKey = KeyVersion & Readonly<{ destroyedAt: string }>;

/** Why nothing was destroyed: versions that are active, or retired so lately that a process may still seal with them. */
export type NotYet = KeyVersion & (Readonly<{ state: 'active' }> | Readonly<{ state: 'retired'; until: string }>);
export type Destruction = Readonly<{ destroyed: readonly DestroyedKey[] }> | Readonly<{ notYet: readonly NotYet[] }>;

/** A key that is wrapped anew: replaces the wrapping by `formerKekId` and no other. */
export type RewrappedKey = ProposedKey & Readonly<{ formerKekId: string }>;
export type RewrappedServiceKey = ServiceKey & Readonly<{ formerKekId: string }>;

/** The key after which a page begins; undefined for the first page. */
export type After = KeyVersion | undefined;

/** What looks at all keys, page by page. */
export interface WrappedKeys {
  /** Keys that are not destroyed, in the order of subject, class and version. */
  wrappedKeysAfter(after: After, limit: number): Promise<readonly ProposedKey[]>;
  serviceKeys(): Promise<readonly ServiceKey[]>;
}

/** What changes the life of keys: for privileged work alone. Every method may be called again after an unknown outcome. */
export interface KeyLifeStore extends WrappedKeys {
  subjectsOf(stream: string): Promise<readonly Subject[]>;
  findKeys(names: readonly KeyName[]): Promise<readonly StoredKey[]>;

  /** Stores each version as active and retires the active ones before it. Gives those that were stored: a number that is taken is left alone. */
  addVersions(keys: readonly ProposedKey[]): Promise<readonly KeyVersion[]>;

  /** Retires all active versions. Gives everything that is retired now, earlier ones too. */
  retire(names: readonly KeyName[]): Promise<readonly RetiredKey[]>;

  /**
   * Empties the wrapped bytes of all versions in these ranges, all or none; what was destroyed before is told again.
   * @param waitMs how long before now a version must have been retired
   */
  destroy(ranges: readonly KeyRange[], waitMs: number): Promise<Destruction>;

  /** Replaces the wrapped bytes of those keys that still stand as they were read. Gives how many. */
  rewrap(keys: readonly RewrappedKey[]): Promise<number>;
  rewrapServiceKeys(keys: readonly RewrappedServiceKey[]): Promise<number>;
}
