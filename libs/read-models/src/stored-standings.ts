import type { Query } from '@guitu/event-log';
import { findStreamKindOf } from '@guitu/rescue';
import { follows, type Standing } from './fold-page';
import type { Generation } from './generation';
import { readModels } from './list';
import { streamValue, type AnyReadModel } from './read-model';
import { situationFrom, type StreamState } from './stream-state';
import { tableIn, type Table } from './table-rows';

/** Where these streams stand by the rows of a generation. A stream that it has no rows of is left out: it has not begun. */
export async function storedStandings(
  query: Query,
  generation: Generation,
  streams: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  if (streams.length === 0) return new Map();
  const states = (await tableIn(generation, 'stream_state').load(query, { column: 'stream', values: streams })) as readonly StreamState[];
  const rows = new Map(states.map(({ stream }) => [stream, new Map<string, ReadonlyMap<string, object>>()]));
  for (const model of readModels) {
    const followed = [...rows.keys()].filter((stream) => follows(model, stream));
    if (model.remembers === 'none' || followed.length === 0) continue;
    const found = await remembered(query, tableIn(generation, model.name), { model, followed });
    for (const [stream, own] of found) rows.get(stream)?.set(model.name, own);
  }
  return new Map(
    states.map(({ stream, position, situation }) => {
      return [stream, { situation: situationFrom(findStreamKindOf(stream), situation), position, rows: rows.get(stream) ?? new Map() }];
    }),
  );
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
