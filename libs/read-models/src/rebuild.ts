import { recordedOf } from '@guitu/history';
import type { Database, EventLog, Query } from '@guitu/event-log';
import { compareGenerations, type Comparison } from './compare';
import {
  createGeneration,
  dropGeneration,
  generationNumbers,
  liveCheckpoint,
  lockCheckpoint,
  lockLive,
  switchTo,
  type Generation,
} from './generation';
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
  return beside(parts, async (fresh, fold) => {
    const before = await liveCheckpoint(parts.database.query);
    let events = await fold(parts.database, before?.position ?? 0n);
    const result = await parts.database.transaction(async (query) => {
      const live = await lockLive(query);
      if (live === undefined) throw new Error('There are no read models yet: prepare them first.');
      events += await fold(inside(query), live.position);
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
  return beside(parts, async (fresh, fold) => {
    const before = await liveCheckpoint(parts.database.query);
    let events = await fold(parts.database, before?.position ?? 0n);
    return parts.database.transaction(async (query) => {
      const live = await lockLive(query);
      if (live === undefined) throw new Error('There are no read models yet: prepare them first.');
      events += await fold(inside(query), live.position);
      const compared = await compareGenerations(query, parts.projection.generation(live.generation), fresh);
      await dropGeneration(query, fresh.number);
      return { ...compared, position: live.position, events };
    });
  });
}

type Fold = (database: Pick<Database, 'transaction'>, upTo: bigint) => Promise<number>;

/** Pages that are taken inside a transaction under way. */
const inside = (query: Query): Pick<Database, 'transaction'> => ({ transaction: (work) => work(query) });

/** Makes a generation beside the one that is read, alone; what a crash left behind is taken away first, and after a fault this one, too. */
async function beside<T>(parts: Parts, work: (fresh: Generation, fold: Fold) => Promise<T>): Promise<T> {
  const { database, projection } = parts;
  return alone(database, async () => {
    const live = await liveCheckpoint(database.query);
    const others = (await generationNumbers(database.query)).filter((number) => number !== live?.generation);
    for (const number of others) await database.transaction((query) => dropGeneration(query, number));
    const fresh = projection.generation(Math.max(0, live?.generation ?? 0, ...others) + 1);
    await database.transaction((query) => createGeneration(query, fresh, projection.digest));
    try {
      return await work(fresh, (where, upTo) => foldTo(parts, fresh, { where, upTo }));
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

async function foldTo(
  { log, page = rebuildPage }: Parts,
  fresh: Generation,
  { where, upTo }: Readonly<{ where: Pick<Database, 'transaction'>; upTo: bigint }>,
): Promise<number> {
  let folded = 0;
  for (let after = -1n; after < upTo;) {
    after = await where.transaction(async (query) => {
      const at = await lockCheckpoint(query, fresh.number);
      if (at === undefined) throw new Error(`Generation ${fresh.number} was taken away.`);
      if (at.position >= upTo) return at.position;
      const records = (await log.readAll(at.position, page)).filter(({ position }) => position <= upTo);
      const last = records.at(-1);
      if (last === undefined) throw new Error(`The log ends before position ${upTo}, which the read models have seen.`);
      folded += await writePage(query, fresh, { at, events: records.map((record) => recordedOf(record)), upTo: last.position });
      return last.position;
    });
  }
  return folded;
}
