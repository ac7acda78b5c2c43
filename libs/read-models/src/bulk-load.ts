import type { EventLog, Query, StoredRecord } from '@guitu/event-log';
import { recordedOf } from '@guitu/history';
import { blankDestroyed, destroyedIn, type DestroyedKeys } from './blank-destroyed';
import { foldStream, type Folded, type Standing } from './fold-page';
import { moveCheckpoint, type Checkpoint, type Generation } from './generation';
import { readModels } from './list';
import { pagesTo } from './pages-to';
import { RecentStreams } from './recent-streams';
import { RowBuffer } from './row-buffer';
import { storedStandings } from './stored-standings';
import { stateRow } from './stream-state';

/** What a load may take of memory: how many records it reads ahead, and how many events' worth of streams it holds. */
export type BulkOptions = Readonly<{ log: EventLog; page: number; eventsHeld?: number }>;
export const eventsHeldByLoad = 40_000;

/** Pages that are folded together. The events of a stream in them are folded one after the other, so that most of what is made dies young. */
const pagesTogether = 5;

/** A stream that is being folded: its rows are written once it has not been touched for long, as they are then. */
type Held = Readonly<{ standing: Standing; rows: Map<string, Map<string, object>>; stored: boolean }>;

const writtenOnce: ReadonlySet<string> = new Set(readModels.filter(({ once }) => once === true).map(({ name }) => name));
const forgetful: ReadonlySet<string> = new Set(readModels.filter(({ remembers }) => typeof remembers === 'object').map(({ name }) => name));
const mayChange = (table: string, remembered: boolean): boolean => !writtenOnce.has(table) && (remembered || !forgetful.has(table));

/**
 * Fills a generation that nobody reads from the log, from its checkpoint up to a position, inside the caller's transaction. The streams touched
 * last are held in memory under a limit and written by COPY when they fall out; one that comes back is read from its rows again. So memory does
 * not grow with the log. The rows are those that pages would have made.
 * @returns how many events were folded
 * @throws what stops a follower: UnknownEventType, UnknownEventVersion, UnreadableEnvelope, BrokenStream
 */
export async function bulkLoad(
  { log, page, eventsHeld = eventsHeldByLoad }: BulkOptions,
  { query, fresh, at, upTo }: Readonly<{ query: Query; fresh: Generation; at: Checkpoint; upTo: bigint }>,
): Promise<number> {
  const load = new BulkLoad(query, fresh, eventsHeld);
  let folded = 0;
  let together: StoredRecord[] = [];
  for await (const records of pagesTo(log, { after: at.position, upTo, page })) {
    together.push(...records);
    folded += records.length;
    if (together.length < page * pagesTogether) continue;
    await load.take(together);
    together = [];
  }
  await load.take(together);
  await load.end();
  await moveCheckpoint(query, at, { to: upTo });
  return folded;
}

class BulkLoad {
  private readonly held: RecentStreams<Held>;
  private readonly buffer: RowBuffer;
  /** Streams whose rows the buffer may still hold. */
  private readonly onTheirWay = new Set<string>();
  private destroyed: DestroyedKeys[] = [];

  constructor(
    private readonly query: Query,
    private readonly fresh: Generation,
    eventsHeld: number,
  ) {
    this.held = new RecentStreams(eventsHeld);
    this.buffer = new RowBuffer(query, fresh);
  }

  async take(records: readonly StoredRecord[]): Promise<void> {
    const streams = byStream(records);
    const stored = await this.storedOf(streams);
    for (const [stream, own] of streams) {
      const before = this.held.find(stream)?.standing ?? stored.get(stream);
      const events = own.map((record) => recordedOf(record));
      this.destroyed.push(...[destroyedIn(events)].filter(({ size }) => size > 0));
      this.hold(stream, foldStream(readModels, { stream, before }, events), stored.has(stream));
    }
    for (const [stream, held] of this.held.takeOldest()) this.release(stream, held);
    await this.buffer.sendWhenFull();
  }

  async end(): Promise<void> {
    for (const [stream, held] of this.held.takeAll()) {
      this.release(stream, held);
      await this.buffer.sendWhenFull();
    }
    await this.buffer.end();
    for (const keys of this.destroyed) await blankDestroyed(this.query, this.fresh, keys);
  }

  private async storedOf(streams: ReadonlyMap<string, readonly StoredRecord[]>): Promise<ReadonlyMap<string, Standing>> {
    const unknown = [...streams]
      .filter(([stream, [first]]) => first?.version !== 1 && this.held.find(stream) === undefined)
      .map(([stream]) => stream);
    if (unknown.some((stream) => this.onTheirWay.has(stream))) {
      await this.buffer.end();
      this.onTheirWay.clear();
    }
    return storedStandings(this.query, this.fresh, unknown);
  }

  private hold(stream: string, { situation, position, rows, written }: Folded, wasStored: boolean): void {
    const before = this.held.find(stream);
    const held = { standing: { situation, position, rows }, rows: before?.rows ?? new Map(), stored: before?.stored ?? wasStored };
    for (const [table, changed] of written) {
      const own = held.rows.get(table) ?? new Map<string, object>();
      held.rows.set(table, own);
      for (const [key, row] of changed) {
        if (mayChange(table, rows.get(table)?.has(key) === true)) own.set(key, row);
        else this.writeLast(table, row, { stored: held.stored, own, key });
      }
    }
    this.held.keep(stream, held, situation.version);
  }

  /** A row that never changes again need not be held. */
  private writeLast(
    table: string,
    row: object,
    { stored, own, key }: Readonly<{ stored: boolean; own: Map<string, object>; key: string }>,
  ): void {
    own.delete(key);
    if (stored && !writtenOnce.has(table)) this.buffer.put(table, row);
    else this.buffer.add(table, row);
  }

  private release(stream: string, { standing, rows, stored }: Held): void {
    const write = (table: string, row: object): void => (stored ? this.buffer.put(table, row) : this.buffer.add(table, row));
    write('stream_state', stateRow(stream, standing));
    for (const [table, own] of rows) for (const row of own.values()) write(table, row);
    this.onTheirWay.add(stream);
  }
}

function byStream(records: readonly StoredRecord[]): ReadonlyMap<string, readonly StoredRecord[]> {
  const streams = new Map<string, StoredRecord[]>();
  for (const record of records) {
    const own = streams.get(record.stream);
    if (own === undefined) streams.set(record.stream, [record]);
    else own.push(record);
  }
  return streams;
}
