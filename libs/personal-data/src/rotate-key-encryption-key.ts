import type { KeyObject } from 'node:crypto';
import { WrongKeyEncryptionKey } from './errors';
import { serviceKeyLabel, subjectKeyLabel, type KeyEncryptionKey, type KeyLabel, type Wrapped } from './key-encryption-key';
import { keyEncryptionKeysOf, type KeyEncryptionKeys } from './key-encryption-keys';
import type { KeyLifeStore, WrappedKeys } from './key-life-store';
import type { ProposedKey } from './key-store';

const defaultBatch = 500;
/** Keys that are made under the old key while a pass runs are found by the next. */
const maxPasses = 100;

/** How many were wrapped anew; `unreadable`: under the old key's name, but it does not unwrap them. They stay as they are. */
export type Rotation = Readonly<{ subjectKeys: number; serviceKeys: number; unreadable: number }>;

/**
 * Wraps every key that `former` wrapped with `current` instead, batch by batch, while requests run: both must stand in the key file before
 * (`addKeyEncryptionKey`). Call it again after a crash, and once more when twice `keyFileLifetimeMs` have passed since the current key was added:
 * until then a process may make keys under the former one. A key that is destroyed meanwhile stays destroyed.
 */
export async function rotateKeyEncryptionKey(
  store: KeyLifeStore,
  former: KeyEncryptionKey,
  current: KeyEncryptionKey,
  { batch = defaultBatch }: Readonly<{ batch?: number }> = {},
): Promise<Rotation> {
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError('a batch has at least one key');
  if (former.id === current.id) throw new RangeError('a key-encryption key cannot take its own place');
  const services = (await store.serviceKeys()).filter(({ kekId }) => kekId === former.id);
  const again = services.flatMap((key) => rewrapped(key, serviceKeyLabel(key.purpose), { former, current }));
  const serviceKeys = await store.rewrapServiceKeys(
    again.map((wrapping, index) => ({ ...wrapping, purpose: services[index]?.purpose ?? '' })),
  );
  let subjectKeys = 0;
  let unreadable = 0;
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const done = await onePass(store, { former, current }, batch);
    subjectKeys += done.count;
    unreadable = done.unreadable;
    if (done.count === 0) break;
  }
  return { subjectKeys, serviceKeys, unreadable: unreadable + services.length - again.length };
}

/** How many keys this one wraps, those of the service too: what would be lost without it. */
export async function keysWrappedBy(store: WrappedKeys, kekId: string): Promise<number> {
  let count = (await store.serviceKeys()).filter((key) => key.kekId === kekId).length;
  for await (const page of pagesOf(store, defaultBatch)) count += page.filter((key) => key.kekId === kekId).length;
  return count;
}

/** How many keys, those of the service too, none of these key-encryption keys unwraps. It reads them all: for a health check, not for every request. */
export async function keysThatDoNotUnwrap(store: WrappedKeys, keys: KeyEncryptionKey | KeyEncryptionKeys): Promise<number> {
  const all = keyEncryptionKeysOf(keys);
  let count = 0;
  const look = (key: Wrapped, label: KeyLabel): void => {
    if (unwrapped(all, key, label) === undefined) count += 1;
  };
  for (const key of await store.serviceKeys()) look(key, serviceKeyLabel(key.purpose));
  for await (const page of pagesOf(store, defaultBatch)) {
    await all.meet(page);
    for (const key of page) look(key, subjectKeyLabel(key));
  }
  return count;
}

type TwoKeys = Readonly<{ former: KeyEncryptionKey; current: KeyEncryptionKey }>;

async function onePass(store: KeyLifeStore, keys: TwoKeys, batch: number): Promise<Readonly<{ count: number; unreadable: number }>> {
  let count = 0;
  let unreadable = 0;
  for await (const page of pagesOf(store, batch)) {
    const old = page.filter(({ kekId }) => kekId === keys.former.id);
    const again = old.flatMap(({ subject, class: dataClass, version, ...wrapped }) => {
      const name = { subject, class: dataClass, version };
      return rewrapped(wrapped, subjectKeyLabel(name), keys).map((wrapping) => ({ ...name, ...wrapping }));
    });
    unreadable += old.length - again.length;
    if (again.length > 0) count += await store.rewrap(again);
  }
  return { count, unreadable };
}

async function* pagesOf(store: WrappedKeys, limit: number): AsyncGenerator<readonly ProposedKey[]> {
  for (let after: ProposedKey | undefined; ;) {
    const page: readonly ProposedKey[] = await store.wrappedKeysAfter(after, limit);
    if (page.length > 0) yield page;
    if (page.length < limit) return;
    after = page.at(-1);
  }
}

function rewrapped(key: Wrapped, label: KeyLabel, { former, current }: TwoKeys): readonly (Wrapped & { formerKekId: string })[] {
  const open = unwrapped(former, key, label);
  if (open === undefined) return [];
  const bytes = open.export();
  const wrapping = current.wrap(bytes, label);
  bytes.fill(0);
  return [{ ...wrapping, formerKekId: former.id }];
}

function unwrapped(by: Pick<KeyEncryptionKey, 'unwrap'>, key: Wrapped, label: KeyLabel): KeyObject | undefined {
  try {
    return by.unwrap(key, label);
  } catch (error) {
    if (error instanceof WrongKeyEncryptionKey) return undefined;
    throw error;
  }
}
