import type { Query } from '@guitu/event-log';
import type { Recorded } from '@guitu/history';
import { blankDestroyed, destroyedIn } from './blank-destroyed';
import { foldPage, streamsOf, writtenTo, type Standing } from './fold-page';
import { moveCheckpoint, type Checkpoint, type Generation } from './generation';
import { readModels } from './list';
import { storedStandings } from './stored-standings';
import { stateRow } from './stream-state';
import { quoted, tableIn } from './table-rows';

/**
 * Takes a page into one generation, inside the caller's transaction that holds its checkpoint: events that it has already are passed over,
 * the rest is folded in memory and written table by table, and the checkpoint moves along. Streams that this process has written to lately
 * are not read again. Where the page tells that keys were destroyed, their ciphertext goes out of the rows.
 * @returns how many events were new
 */
export async function writePage(
  query: Query,
  generation: Generation,
  { at, events, upTo }: Readonly<{ at: Checkpoint; events: readonly Recorded[]; upTo: bigint }>,
): Promise<number> {
  if (upTo <= at.position) return 0;
  const fresh = events.filter(({ position }) => position > at.position);
  const folded = foldPage(readModels, await before(query, generation, { at, fresh }), fresh);
  const states = [...folded].map(([stream, standing]) => stateRow(stream, standing));
  const written = readModels.map(({ name }) => ({ table: name, rows: writtenTo(folded, name) }));
  await writeAndMove(query, generation, { rows: [{ table: 'stream_state', rows: states }, ...written], at, upTo });
  generation.memory.keep(folded, upTo);
  await blankDestroyed(query, generation, destroyedIn(fresh));
  return fresh.length;
}

type TableRows = Readonly<{ table: string; rows: readonly object[] }>;

/** All rows of a page and its checkpoint travel as one statement: whatever follows the log waits for one answer, not for one of each table. */
async function writeAndMove(
  query: Query,
  generation: Generation,
  { rows, at, upTo }: Readonly<{ rows: readonly TableRows[]; at: Checkpoint; upTo: bigint }>,
): Promise<void> {
  const touched = rows.filter((some) => some.rows.length > 0).map((some) => ({ ...some, into: tableIn(generation, some.table) }));
  const writing = touched.map(({ into }, index) => `${quoted(into.name)} as (${into.upsert(`$${index + 1}`)})`);
  await moveCheckpoint(query, at, {
    to: upTo,
    meanwhile: writing,
    values: touched.map(({ into, rows: some }) => into.rowsValue(some)),
  });
}

async function before(
  query: Query,
  generation: Generation,
  { at, fresh }: Readonly<{ at: Checkpoint; fresh: readonly Recorded[] }>,
): Promise<ReadonlyMap<string, Standing>> {
  const memory = generation.memory.at(at.position);
  const standings = new Map<string, Standing>();
  // Who begins in this page has no rows yet.
  const unknown = new Set(streamsOf(fresh));
  for (const { stream, version } of fresh) if (version === 1) unknown.delete(stream);
  for (const stream of unknown) {
    const found = memory.find(stream);
    if (found !== undefined && unknown.delete(stream)) standings.set(stream, found);
  }
  for (const [stream, standing] of await storedStandings(query, generation, [...unknown])) standings.set(stream, standing);
  return standings;
}
