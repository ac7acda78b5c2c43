import type { Database, Query } from '@guitu/event-log';
import type { Follows, Recorded } from '@guitu/history';
import type { DataSource } from 'typeorm';
import { bindFollowedLog } from './followed-log';
import {
  codeDigest,
  createGeneration,
  generationOf,
  liveCheckpoint,
  lockLive,
  projectionName,
  switchTo,
  type Checkpoint,
  type Generation,
} from './generation';
import { generationLock } from './generation-lock';
import { writePage } from './write-page';

export { generationLock };

/** The rows were made by other code: they are rebuilt before anything is added to them. */
export class ReadModelsOutdated extends Error {
  constructor() {
    super('The read models were made by another version of Guitu; rebuild them before they follow the log.');
    this.name = 'ReadModelsOutdated';
  }
}

/** The checkpoint lies before the page: events between them would be missing. */
export class PageTooFarAhead extends Error {
  constructor(asked: bigint, position: bigint) {
    super(`A page after position ${asked} came while the read models stand at ${position}; nothing was written.`);
    this.name = 'PageTooFarAhead';
  }
}

/** Asked inside the transaction before its first write, such as whether a lease is still held. What it throws keeps the page from being taken. */
export type Fence = (query: Query) => Promise<void>;
const unfenced: Fence = () => Promise.resolve();

/**
 * What the follower of the log drives: rows and checkpoint move in one transaction, or neither does. Two of them at once do no harm: each
 * holds the checkpoint while it writes, and passes over what the other has written.
 */
export class Projection implements Follows {
  readonly name = projectionName;
  /** Who read what about a case is a table, too. */
  readonly bookkeeping = true;
  readonly digest: string;
  private asked = 0n;
  /** Where the last page has left the checkpoint: what is asked before the next one need not be read again. It is compared when that page is taken. */
  private left: bigint | undefined;
  private readonly generations = new Map<number, Generation>();

  constructor(
    private readonly source: DataSource,
    private readonly database: Database,
    private readonly onMoved: (position: bigint) => void = () => undefined,
    private readonly fence: Fence = unfenced,
  ) {
    this.digest = codeDigest(source);
  }

  /** The same rows, written behind a fence: what {@link Fence} throws, `take` throws, and nothing of the page is written. */
  under(fence: Fence): Projection {
    return new Projection(this.source, this.database, this.onMoved, fence);
  }

  generation(number: number): Generation {
    const found = this.generations.get(number) ?? generationOf(this.source, number);
    this.generations.set(number, found);
    return found;
  }

  /** Makes the first generation if there is none. @returns whether the one that is read was made by this code; else it wants a rebuild */
  async prepare(): Promise<boolean> {
    this.left = undefined;
    const live = await this.database.transaction(async (query) => {
      await query('select pg_advisory_xact_lock($1)', [generationLock]);
      const before = await liveCheckpoint(query);
      if (before !== undefined) return before;
      await createGeneration(query, this.generation(1), this.digest);
      await switchTo(query, this.generation(1));
      return undefined;
    });
    return live === undefined || live.codeDigest === this.digest;
  }

  /** @throws ReadModelsOutdated */
  async checkpoint(): Promise<bigint> {
    this.asked = this.left ?? this.ours(await liveCheckpoint(this.database.query)).position;
    return this.asked;
  }

  async take(events: readonly Recorded[], upTo: bigint): Promise<void> {
    this.left = undefined;
    const moved = await this.database.transaction(async (query) => {
      await this.fence(query);
      const at = this.ours(await lockLive(query));
      if (at.position < this.asked) throw new PageTooFarAhead(this.asked, at.position);
      await writePage(query, this.generation(at.generation), { at, events, upTo });
      if (at.position === 0n) await bindFollowedLog(query, events[0]?.meta.id);
      return upTo > at.position ? upTo : at.position;
    });
    this.left = moved;
    this.onMoved(moved);
  }

  private ours(live: Checkpoint | undefined): Checkpoint {
    if (live === undefined) throw new Error('There are no read models yet: prepare them first.');
    if (live.codeDigest !== this.digest) throw new ReadModelsOutdated();
    return live;
  }
}
