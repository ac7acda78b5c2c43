import type { Query } from '@guitu/event-log';
import type { Recorded } from '@guitu/history';
import { findStreamKindOf, type Situation } from '@guitu/rescue';
import { follows, foldPage, streamsOf, type Before } from './fold-page';
import { moveCheckpoint, type Checkpoint, type Generation } from './generation';
import { readModels } from './list';
import { streamValue, type AnyReadModel } from './read-model';
import { situationFrom, storedSituation, type StreamState } from './stream-state';
import type { Table } from './table-rows';

/**
 * Takes a page into one generation, inside the caller's transaction that holds its checkpoint: events that it has already are passed over,
 * the rest is folded in memory and written table by table, and the checkpoint moves along.
 * @returns how many events were new
 */
export async function writePage(
  query: Query,
  generation: Generation,
  { at, events, upTo }: Readonly<{ at: Checkpoint; events: readonly Recorded[]; upTo: bigint }>,
): Promise<number> {
  if (upTo <= at.position) return 0;
  const fresh = events.filter(({ position }) => position > at.position);
  const { situations, written } = foldPage(readModels, await before(query, generation, fresh), fresh);
  const states = [...situations].map(([stream, { situation, position }]) => ({ stream, position, situation: storedSituation(situation) }));
  await table(generation, 'stream_state').write(query, states);
  for (const { name } of readModels) await table(generation, name).write(query, written.get(name) ?? []);
  await moveCheckpoint(query, at, upTo);
  return fresh.length;
}

function table(generation: Generation, name: string): Table {
  const found = generation.tables.get(name);
  if (found === undefined) throw new Error(`There is no table ${name} in generation ${generation.number}.`);
  return found;
}

async function before(query: Query, generation: Generation, events: readonly Recorded[]): Promise<Before> {
  const touched = streamsOf(events);
  // Who begins in this page has no rows yet.
  const begun = new Set(events.filter(({ version }) => version === 1).map(({ stream }) => stream));
  const known = touched.filter((stream) => !begun.has(stream));
  const rows = new Map<string, ReadonlyMap<string, ReadonlyMap<string, object>>>();
  if (known.length === 0) return { situations: new Map(), rows };
  const states = (await table(generation, 'stream_state').load(query, { column: 'stream', values: known })) as readonly StreamState[];
  const situations = new Map<string, Situation>(
    states.map(({ stream, situation }) => [stream, situationFrom(findStreamKindOf(stream), situation)]),
  );
  for (const model of readModels) {
    const followed = known.filter((stream) => follows(model, stream));
    if (model.remembers !== 'none' && followed.length > 0)
      rows.set(model.name, await remembered(query, table(generation, model.name), { model, followed }));
  }
  return { situations, rows };
}

async function remembered(
  query: Query,
  from: Table,
  { model, followed }: Readonly<{ model: AnyReadModel; followed: readonly string[] }>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, object>>> {
  const streamOf = new Map(followed.map((stream) => [streamValue(model, stream), stream]));
  const and = typeof model.remembers === 'string' ? {} : { and: model.remembers };
  const loaded = await from.load(query, { column: model.streamColumn, values: [...streamOf.keys()], ...and });
  const keyOf = model.keyOf as (row: object) => string;
  const rows = new Map<string, Map<string, object>>();
  for (const row of loaded) {
    const stream = streamOf.get(String((row as Readonly<Record<string, unknown>>)[model.streamColumn])) ?? '';
    const own = rows.get(stream) ?? new Map<string, object>();
    rows.set(stream, own.set(keyOf(row), row));
  }
  return rows;
}
