import { KeysNotRetired, KeysStillCached } from './errors';
import type { DestroyedKey, KeyLifeStore, KeyRange, RetiredKey } from './key-life-store';
import { subjectKeyLabel, type KeyEncryptionKey } from './key-encryption-key';
import { keyEncryptionKeysOf, type KeyEncryptionKeys } from './key-encryption-keys';
import type { KeyName, KeyVersion } from './key-store';
import { keyringLimits } from './keyring';
import { keyName, newKey } from './stored-keys';

/** Milliseconds for what was sealed with a remembered key to reach the log, and for clocks that do not run alike. */
export const settlingMs = 5_000;

/** How long a key is left in peace after it retired. @param cacheLifetimeMs the longest lifetime of any keyring on this store */
export const destructionWaitMs = (cacheLifetimeMs: number = keyringLimits.lifetimeMs): number => cacheLifetimeMs + settlingMs;

/**
 * Gives each of these keys that exists a new version, which seals new values from now on (in processes that remember the old one, when its lifetime
 * has passed); the versions before it are retired and go on opening. A key without any version is left alone: its first one is made when it is needed.
 *
 * @returns the new versions
 */
export async function newKeyVersions(
  store: KeyLifeStore,
  keyEncryptionKey: KeyEncryptionKey | KeyEncryptionKeys,
  names: readonly KeyName[],
): Promise<readonly KeyVersion[]> {
  const keys = keyEncryptionKeysOf(keyEncryptionKey);
  const newest = new Map<string, KeyVersion>();
  for (const { subject, class: dataClass, version } of await store.findKeys(names))
    if (version > (newest.get(keyName({ subject, class: dataClass }))?.version ?? 0))
      newest.set(keyName({ subject, class: dataClass }), { subject, class: dataClass, version });
  const next = [...newest.values()].map((key) => ({ ...key, version: key.version + 1 }));
  // A number that another process took in this moment is a new version too.
  await store.addVersions(next.map((key) => ({ ...key, ...newKey(keys, subjectKeyLabel(key)) })));
  return next;
}

/** Retires keys: what is sealed from now on gets a new version, what was sealed before goes on opening. @returns all that stand retired, earlier ones too */
export const retireKeys = (store: KeyLifeStore, names: readonly KeyName[]): Promise<readonly RetiredKey[]> => store.retire(names);

/** For each key the versions up to the newest that is retired: what `destroyKeys` may take. */
export function rangesOf(retired: readonly KeyVersion[]): readonly KeyRange[] {
  const ranges = new Map<string, KeyRange>();
  for (const { subject, class: dataClass, version } of retired) {
    const name = keyName({ subject, class: dataClass });
    ranges.set(name, { subject, class: dataClass, upTo: Math.max(version, ranges.get(name)?.upTo ?? 0) });
  }
  return [...ranges.values()];
}

/**
 * Destroys the versions in these ranges, all or none: their wrapped bytes are emptied, and nothing sealed under them ever opens again. Calling it again
 * gives the same list. Newer versions are not touched: what is sealed after a retirement has a ground of its own.
 *
 * @param waitMs how long ago they must have been retired, see `destructionWaitMs`; 0 only where no process runs on this store
 * @throws KeysNotRetired, KeysStillCached; nothing was destroyed then
 */
export async function destroyKeys(
  store: KeyLifeStore,
  ranges: readonly KeyRange[],
  waitMs: number = destructionWaitMs(),
): Promise<readonly DestroyedKey[]> {
  const outcome = await store.destroy(ranges, waitMs);
  if ('destroyed' in outcome) return outcome.destroyed;
  for (const key of outcome.notYet)
    if (key.state === 'active')
      throw new KeysNotRetired(
        `version ${key.version} of the ${key.class} key of subject ${key.subject} still seals new values: retire it first`,
      );
  const [latest = ''] = outcome.notYet
    .flatMap((key) => (key.state === 'retired' ? [key.until] : []))
    .toSorted()
    .reverse();
  throw new KeysStillCached(latest);
}
