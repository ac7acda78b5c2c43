import type { Query } from '@guitu/event-log';
import type { Recorded } from '@guitu/history';
import { isSealedValue } from '@guitu/personal-data';
import { findStreamKindOf, kindAbout, type DestroyedKey, type PrivacyEvent } from '@guitu/rescue';
import { follows } from './fold-page';
import type { Generation } from './generation';
import { readModels } from './list';
import { idOfStream, streamValue } from './read-model';
import { tableIn } from './table-rows';

/** Names of destroyed keys, by the stream whose values they sealed. */
export type DestroyedKeys = ReadonlyMap<string, ReadonlySet<string>>;
type Rows = readonly Readonly<{ table: string; rows: readonly object[] }>[];
type KeysDestroyed = Extract<PrivacyEvent, { type: 'KeysDestroyed' }>;

export const nameOfKey = ({ subject, class: dataClass, version }: DestroyedKey): string => `${subject} ${dataClass} ${version}`;

/** The keys that these events say are destroyed; none as a rule. */
export function destroyedIn(events: readonly Pick<Recorded, 'stream' | 'type' | 'data'>[]): DestroyedKeys {
  const found = new Map<string, Set<string>>();
  for (const { stream, type, data } of events) {
    if (type !== ('KeysDestroyed' satisfies KeysDestroyed['type'])) continue;
    const about = kindAbout(findStreamKindOf(stream));
    if (about === undefined) continue;
    const whose = `${about.category}-${idOfStream(stream)}`;
    const keys = found.get(whose) ?? new Set<string>();
    for (const key of (data as KeysDestroyed['data']).keys) keys.add(nameOfKey(key));
    found.set(whose, keys);
  }
  return found;
}

/**
 * Takes the ciphertext of these keys out of the rows, inside the caller's transaction. It comes from the log's own event, in a page and in a rebuild
 * alike: so the rows are the same whether or not the log still holds the ciphertext.
 */
export async function blankDestroyed(query: Query, generation: Generation, destroyed: DestroyedKeys): Promise<void> {
  for (const [stream, keys] of destroyed) {
    for (const { table, rows } of await rowsSealedWith(query, generation, { stream, keys })) {
      await tableIn(generation, table).write(
        query,
        rows.map((row) => withoutCiphertext(row, keys) as object),
      );
    }
    generation.memory.forget(stream);
  }
}

/** The rows of a stream that hold ciphertext of these keys. */
export async function rowsSealedWith(
  query: Query,
  generation: Generation,
  { stream, keys }: Readonly<{ stream: string; keys: ReadonlySet<string> }>,
): Promise<Rows> {
  const found: { table: string; rows: readonly object[] }[] = [];
  for (const model of readModels.filter((one) => follows(one, stream))) {
    const rows = await tableIn(generation, model.name).load(query, { column: model.streamColumn, values: [streamValue(model, stream)] });
    const sealed = rows.filter((row) => withoutCiphertext(row, keys) !== row);
    if (sealed.length > 0) found.push({ table: model.name, rows: sealed });
  }
  return found;
}

/** The same tree without the ciphertext of these keys; the very same object where there is none. */
function withoutCiphertext(tree: unknown, keys: ReadonlySet<string>): unknown {
  if (isSealedValue(tree)) {
    const { s: subject, c, k: version, ciphertext } = tree.$sealed;
    return ciphertext === null || !keys.has(nameOfKey({ subject, class: c, version }))
      ? tree
      : { $sealed: { ...tree.$sealed, ciphertext: null } };
  }
  if (typeof tree !== 'object' || tree === null) return tree;
  const entries = Object.entries(tree).map(([key, value]) => [key, value, withoutCiphertext(value, keys)] as const);
  if (entries.every(([, before, after]) => before === after)) return tree;
  return Array.isArray(tree) ? entries.map(([, , after]) => after) : Object.fromEntries(entries.map(([key, , after]) => [key, after]));
}
