import { recordedOf } from '@guitu/history';
import type { Database, EventLog, Query } from '@guitu/event-log';
import { bulkLoad } from './bulk-load';
import { compareGenerations, type Comparison } from './compare';
import {
  beginGeneration,
  dropGeneration,
  generationNumbers,
  indexGeneration,
  liveCheckpoint,
  lockCheckpoint,
  lockLive,
  switchTo,
  type Checkpoint,
  type Generation,
} from './generation';
import { pagesTo } from './pages-to';
import { generationLock, type Projection } from './projection';
import { writePage } from './write-page';

/** How many events a rebuild folds at once: fewer, larger statements than when following live. */
export const rebuildPage = 1_000;

/** What a rebuild did. The old generation stays when it differed, so that somebody can look why; the next rebuild or verification takes it away. */
export type Rebuilt = Comparison &
  Readonly<{
    /** The generation that is read from now on. */
    generation: number;
    position: bigint;
    /** Events folded. */
    events: number;
    /** The generation before, if it was kept. */
    kept: number | null;
    /** The rows before were made by the same code; differences of other code are expected. */
    sameCode: boolean;
  }>;

/** What a verification found; nothing of what is read has changed. */
export type Verified = Comparison & Readonly<{ position: bigint; events: number }>;

/** Somebody else is rebuilding, here or in another process. */
export class RebuildUnderWay extends Error {
  constructor() {
    super('The read models are being rebuilt or verified already.');
    this.name = 'RebuildUnderWay';
  }
}

type Parts = Readonly<{ log: EventLog; database: Database; projection: Projection; page?: number }>;

/**
 * A new generation beside the old one: folded from the log alone up to where the old one stands, compared row by row, switched in one
 * transaction. Reading goes on all the while. It sends nothing to anybody: it reads the log and writes its own tables.
 * @throws RebuildUnderWay, and what stops a follower: UnknownEventType, UnknownEventVersion, UnreadableEnvelope, BrokenStream
 */
export function rebuild(parts: Parts): Promise<Rebuilt> {
  return beside(parts, async (fresh) => {
    const before = await liveCheckpoint(parts.database.query);
    let events = await fillTo(parts, fresh, before?.position ?? 0n);
    const result = await parts.database.transaction(async (query) => {
      await query(unhurried);
      const live = await lockLive(query);
      if (live === undefined) throw new Error('There are no read models yet: prepare them first.');
      events += await foldRest(parts, fresh, { query, upTo: live.position });
      const old = parts.projection.generation(live.generation);
      const sameCode = live.codeDigest === parts.projection.digest;
      const compared = sameCode
        ? await compareGenerations(query, old, fresh)
        : await compareGenerations(query, { ...old, tables: new Map() }, fresh);
      await switchTo(query, fresh);
      return { ...compared, position: live.position, sameCode, old: live.generation };
    });
    const { old, ...told } = result;
    const keep = told.differing > 0 || !told.sameCode;
    if (!keep) await parts.database.transaction((query) => dropGeneration(query, old));
    return { ...told, generation: fresh.number, events, kept: keep ? old : null };
  });
}

/** Folds the log again and compares; the fresh rows are thrown away. @throws as {@link rebuild} */
export function verify(parts: Parts): Promise<Verified> {
  return beside(parts, async (fresh) => {
    const before = await liveCheckpoint(parts.database.query);
    let events = await fillTo(parts, fresh, before?.position ?? 0n);
    return parts.database.transaction(async (query) => {
      await query(unhurried);
      const live = await lockLive(query);
      if (live === undefined) throw new Error('There are no read models yet: prepare them first.');
      events += await foldRest(parts, fresh, { query, upTo: live.position });
      const compared = await compareGenerations(query, parts.projection.generation(live.generation), fresh);
      await dropGeneration(query, fresh.number);
      return { ...compared, position: live.position, events };
    });
  });
}

/** Makes a generation beside the one that is read, alone; what a crash left behind is taken away first, and after a fault this one, too. */
async function beside<T>(parts: Parts, work: (fresh: Generation) => Promise<T>): Promise<T> {
  const { database, projection } = parts;
  return alone(database, async () => {
    const live = await liveCheckpoint(database.query);
    const others = (await generationNumbers(database.query)).filter((number) => number !== live?.generation);
    for (const number of others) await database.transaction((query) => dropGeneration(query, number));
    const fresh = projection.generation(Math.max(0, live?.generation ?? 0, ...others) + 1);
    await database.transaction((query) => beginGeneration(query, fresh, projection.digest));
    try {
      return await work(fresh);
    } catch (error) {
      await database.transaction((query) => dropGeneration(query, fresh.number)).catch(() => undefined);
      throw error;
    }
  });
}

/** Holds a lock of its own connection as long as the work lasts; the server frees it when the process dies. */
async function alone<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return database.transaction(async (query) => {
    const [lock] = await query<{ free: boolean }>('select pg_try_advisory_xact_lock($1, 1) as free', [generationLock]);
    if (lock?.free !== true) throw new RebuildUnderWay();
    return work();
  });
}

/** Fills the fresh generation up to a position in one transaction, and makes its indexes. */
async function fillTo({ log, database, page = rebuildPage }: Parts, fresh: Generation, upTo: bigint): Promise<number> {
  return database.transaction(async (query) => {
    await query(unhurried);
    const at = await lockFresh(query, fresh);
    const folded = await bulkLoad({ log, page }, { query, fresh, at, upTo });
    await indexGeneration(query, fresh);
    return folded;
  });
}

/** Takes what has come since then, inside a transaction that holds the live checkpoint. */
async function foldRest({ log, page = rebuildPage }: Parts, fresh: Generation, { query, upTo }: Rest): Promise<number> {
  let at = await lockFresh(query, fresh);
  let folded = 0;
  for await (const records of pagesTo(log, { after: at.position, upTo, page })) {
    const position = records.at(-1)?.position ?? upTo;
    const events = records.map((record) => recordedOf(record));
    folded += await writePage(query, fresh, { at, events, upTo: position });
    at = { ...at, position };
  }
  return folded;
}
type Rest = Readonly<{ query: Query; upTo: bigint }>;

async function lockFresh(query: Query, { number }: Generation): Promise<Checkpoint> {
  const at = await lockCheckpoint(query, number);
  if (at === undefined) throw new Error(`Generation ${number} was taken away.`);
  return at;
}

/** A statement over a million rows may take its time; nobody waits for it. */
const unhurried = 'set local statement_timeout = 0';
