import type { DestroyedKey, KeyVersion } from '@guitu/personal-data';
import type { DataPlace, ErasedPlace, Instant, PlaceOutcome } from '@guitu/rescue';
import { instantInChina, toMilliseconds } from '@guitu/standards';
import { keyText } from './what-is-named';

/** What was done, as far as the places need it. `rows`: the read models have passed the event; `emptied`: the log's engine takes ciphertexts out. */
export type Done = Readonly<{
  now: Instant;
  destroyed: readonly DestroyedKey[];
  keys: readonly KeyVersion[];
  indexRows: number;
  ciphertexts: number;
  rows: boolean;
  emptied: boolean;
}>;

/** Where nothing of a person ever lies: notices are thin, and topics and dead letters carry sealed values or none. */
const neverThere: readonly DataPlace[] = ['MAILBOXES', 'MESSAGE_TOPICS', 'DEAD_LETTERS', 'WEBHOOKS'];

/**
 * Every place, what was done there and when. Backups are told as not reached: one that was made before the destruction holds the wrapped keys until it
 * is thrown away, and whoever restores it applies the ledger before anything opens.
 */
export function placesOf({ now, destroyed, keys, indexRows, ciphertexts, rows, emptied }: Done): readonly ErasedPlace[] {
  const named = new Set(keys.map(keyText));
  const last = destroyed
    .filter((key) => named.has(keyText(key)))
    .map(({ destroyedAt }) => toMilliseconds(destroyedAt))
    .reduce((latest, one) => Math.max(latest, one), Number.NEGATIVE_INFINITY);
  const any = keys.length > 0;
  const goneAt = Number.isFinite(last) ? instantInChina(last) : now;
  const told = (place: DataPlace, outcome: PlaceOutcome, at: Instant, count?: number): ErasedPlace => ({
    place,
    outcome: any ? outcome : 'NOTHING_THERE',
    at,
    ...(count === undefined || !any ? {} : { count }),
  });
  return [
    told('KEY_STORE', 'DESTROYED', goneAt, keys.length),
    told('KEY_CACHE', 'REMOVED', goneAt),
    told('BLIND_INDEX', indexRows > 0 ? 'REMOVED' : 'NOTHING_THERE', goneAt, indexRows),
    { place: 'ERASURE_LEDGER', outcome: 'RECORDED', at: goneAt },
    told('EVENT_LOG', ciphertexts === 0 ? 'NOTHING_THERE' : emptied ? 'REMOVED' : 'UNREADABLE', now, ciphertexts),
    told('READ_MODELS', rows ? 'REMOVED' : 'UNREADABLE', now),
    ...neverThere.map((place): ErasedPlace => ({ place, outcome: 'NOTHING_THERE', at: now })),
    told('BACKUPS', 'NOT_REACHED', now),
  ];
}
