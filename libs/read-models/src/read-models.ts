import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, EventLog } from '@guitu/event-log';
import type { DataSource } from 'typeorm';
import { databaseOf, readDataSource } from './database';
import type { DestroyedKey } from '@guitu/rescue';
import { nameOfKey, rowsSealedWith } from './blank-destroyed';
import { checkFollowedLog, forgetFollowedLog, type LogIdentity } from './followed-log';
import { liveCheckpoint } from './generation';
import type { PageRequest } from './paging';
import { Projection } from './projection';
import { casesOf, custodyOf, disclosuresOf, findCaseSummary, ledgerOf, loopsOf, timelineOf, type LoopsAsked } from './queries/cases';
import { lettersWaiting, offersWaiting, personsInCustody, type Desk } from './queries/desk';
import { directoryChangedSince, directoryOf } from './queries/directory';
import { dutiesOf, dutiesOfStream, dutiesToNotice, nextDueAfter, type DutiesAsked, type DueBefore } from './queries/duties';
import { rebuild, verify, type Rebuilt, type Verified } from './rebuild';

/** How often a reader that waits for a position looks, when another process writes the rows. */
const lookAgainMs = 10;
/** One connection writes, one may hold a rebuild, one reads. */
export const smallestPool = 3;

export type ReadModelsOptions = Readonly<{
  /** A login that is `guitu_read` or a member of it. */
  url: string;
  poolSize: number;
  /** Stands between the projection and the database; for specs that break things on purpose. */
  around?: (database: Database) => Database;
}>;

/** Connects; the database has been migrated. Call `prepare` before following the log. */
export async function openReadModels({ url, poolSize, around = (database) => database }: ReadModelsOptions): Promise<ReadModels> {
  const source = readDataSource(url, Math.max(poolSize, smallestPool));
  await source.initialize();
  return new ReadModels(source, around(databaseOf(source)));
}

/**
 * What agencies look at. Rows are plain; values about persons in them are sealed, to be opened at the edge. Lists come in pages of 1 to 200 rows
 * (50 unless said) in a stable order. A query with a bad limit or cursor throws InvalidPage.
 */
export class ReadModels {
  /** What a Follower drives. */
  readonly projection: Projection;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly source: DataSource,
    private readonly database: Database,
  ) {
    this.projection = new Projection(source, database, () => this.waiting.forEach((wake) => wake()));
  }

  /** Makes the first generation if there is none. @returns whether the rows were made by this code; else rebuild them before following */
  prepare(): Promise<boolean> {
    return this.projection.prepare();
  }

  /** Refuses another log than the one that the rows were made from. @throws AnotherLog */
  mustFollow(log: LogIdentity): Promise<void> {
    return checkFollowedLog(this.database, log);
  }

  /** Throws all rows away, so that they can be made from another log: after a log has moved to another engine. Nothing may follow it meanwhile. */
  forget(): Promise<void> {
    return forgetFollowedLog(this.database);
  }

  /** Closing twice is harmless. */
  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  /** Up to where the rows that are read have come, and which generation they are. */
  async standing(): Promise<Readonly<{ generation: number; position: bigint }>> {
    const { generation, position } = (await liveCheckpoint(this.database.query)) ?? { generation: 0, position: 0n };
    return { generation, position };
  }

  /** What the clock of the database's machine shows, in milliseconds since 1970. */
  async clock(): Promise<number> {
    const [row] = await this.database.query<{ ms: string }>(
      'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text as ms',
    );
    return Number(row?.ms);
  }

  /** Reading one's own writes: true as soon as the rows have come up to the position, false when they have not in time. */
  async waitForPosition(position: bigint, timeoutMs: number): Promise<boolean> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      if ((await this.standing()).position >= position) return true;
      const left = until - performance.now();
      if (left <= 0) return false;
      await this.moved(Math.min(left, lookAgainMs));
    }
  }

  private async moved(atMostMs: number): Promise<void> {
    const bell = new AbortController();
    const wake = (): void => bell.abort();
    this.waiting.add(wake);
    await sleep(atMostMs, undefined, { signal: bell.signal }).catch(() => undefined);
    this.waiting.delete(wake);
  }

  /** How many rows of each table hold ciphertext of a stream that one of these keys sealed. */
  async rowsSealedWith(stream: string, keys: readonly DestroyedKey[]): Promise<Readonly<Record<string, number>>> {
    const generation = this.projection.generation((await this.standing()).generation);
    const found = await rowsSealedWith(this.database.query, generation, { stream, keys: new Set(keys.map(nameOfKey)) });
    return Object.fromEntries(found.map(({ table, rows }) => [table, rows.length]));
  }

  /** A new generation from the log alone, compared with the old one and switched. @throws RebuildUnderWay */
  rebuild(log: EventLog, page?: number): Promise<Rebuilt> {
    return rebuild({ log, database: this.database, projection: this.projection, ...(page === undefined ? {} : { page }) });
  }

  /** Replays the log against the tables and tells the rows that differ. Changes nothing that is read. @throws RebuildUnderWay */
  verify(log: EventLog, page?: number): Promise<Verified> {
    return verify({ log, database: this.database, projection: this.projection, ...(page === undefined ? {} : { page }) });
  }

  /** The first page of everything that waits for an agency. */
  async desk(agency: string, limit?: number): Promise<Desk> {
    const page = limit === undefined ? {} : { limit };
    const [custody, handovers, letters] = await Promise.all([
      this.personsInCustody(agency, page),
      this.offersWaiting(agency, page),
      this.lettersWaiting(agency, page),
    ]);
    return { custody, handovers, letters };
  }
  readonly personsInCustody = (agency: string, page?: PageRequest) => personsInCustody(this.source, agency, page);
  readonly offersWaiting = (agency: string, page?: PageRequest) => offersWaiting(this.source, agency, page);
  readonly lettersWaiting = (agency: string, page?: PageRequest) => lettersWaiting(this.source, agency, page);

  readonly duties = (asked: DutiesAsked, page?: PageRequest) => dutiesOf(this.source, asked, page);
  readonly dutiesOfStream = (stream: string, page?: PageRequest) => dutiesOfStream(this.source, stream, page);
  readonly dutiesToNotice = (due: DueBefore, page?: PageRequest) => dutiesToNotice(this.source, due, page);
  readonly nextDueAfter = (after: number) => nextDueAfter(this.source, after);

  readonly loops = (asked: LoopsAsked, page?: PageRequest) => loopsOf(this.source, asked, page);
  readonly ledger = (agency: string, page?: PageRequest) => ledgerOf(this.source, agency, page);
  readonly timeline = (stream: string, page?: PageRequest) => timelineOf(this.source, stream, page);
  readonly custody = (caseId: string, page?: PageRequest) => custodyOf(this.source, caseId, page);
  readonly disclosures = (caseId: string, page?: PageRequest) => disclosuresOf(this.source, caseId, page);
  readonly caseSummary = (caseId: string) => findCaseSummary(this.source, caseId);
  readonly casesOf = (agency: string, page?: PageRequest) => casesOf(this.source, agency, page);

  readonly directory = () => directoryOf(this.source, this.database);
  readonly directoryChangedSince = (position: bigint) => directoryChangedSince(this.source, this.database, position);
}
