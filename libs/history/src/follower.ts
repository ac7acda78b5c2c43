import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from '@guitu/event-log';
import { isBookkeeping } from '@guitu/rescue';
import { recordedOf, type Recorded } from './recorded';

/**
 * How many records a follower reads at once, and how long it rests: not at all after a full page, behind which more is waiting; `busyRestMs` after
 * a smaller one; each time twice as long while nothing comes, up to `idleRestMs`.
 */
export type FollowLimits = Readonly<{ page: number; busyRestMs: number; idleRestMs: number; errorRestMs: number }>;
export const followLimits: FollowLimits = { page: 500, busyRestMs: 2, idleRestMs: 50, errorRestMs: 1_000 };

/**
 * What follows the log: it says where it stands and takes pages. The page and the new checkpoint move in one transaction, or neither. A page holds
 * no event of Guitu's own bookkeeping (who read what) unless it is asked for: those are passed over unread, and a page may be empty.
 */
export interface Follows {
  name: string;
  /** Takes the events of Guitu's own bookkeeping, too. */
  bookkeeping?: true;
  checkpoint(): Promise<bigint>;
  take(events: readonly Recorded[], upTo: bigint): Promise<void>;
}

/** How a follower is doing; `fault` is the reason why it stands still. */
export type FollowerHealth = Readonly<{ name: string; position: bigint; head: bigint; fault: string | null }>;

/**
 * The one loop of everybody who follows the log: load the checkpoint, read at most a page, do, save the checkpoint, wait.
 * A fault stops at the same place and tries again, loudly; nothing is skipped.
 */
export class Follower {
  private stopping = false;
  private running: Promise<void> | undefined;
  private wake: (() => void) | undefined;
  /** The bell rang since the last page was read. */
  private rung = false;
  private position = 0n;
  private head = 0n;
  private fault: string | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly who: Follows,
    private readonly options: Readonly<{ limits?: Partial<FollowLimits>; onFault?: (name: string, error: unknown) => void }> = {},
  ) {}

  start(): void {
    const deaf = this.log.onAppended?.(() => {
      this.rung = true;
      this.wake?.();
    });
    this.running ??= this.run().finally(() => deaf?.());
  }

  /** Finishes the page under way, then stops. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    await this.running;
  }

  health(): FollowerHealth {
    return { name: this.who.name, position: this.position, head: this.head, fault: this.fault };
  }

  /** Takes pages until nothing is left; for tests, rebuilds and the hand-moved clock. */
  async catchUp(): Promise<bigint> {
    while ((await this.step()) > 0);
    return this.position;
  }

  /** Takes one page; the number of events taken. */
  async step(): Promise<number> {
    const { page } = { ...followLimits, ...this.options.limits };
    const after = await this.who.checkpoint();
    this.position = after;
    const records = await this.log.readAll(after, page);
    const last = records.at(-1);
    if (last === undefined) {
      this.head = after;
      return 0;
    }
    this.head = last.position;
    await this.who.take(
      records.filter(({ stream }) => this.who.bookkeeping === true || !isBookkeeping(stream)).map((record) => recordedOf(record)),
      last.position,
    );
    this.position = last.position;
    return records.length;
  }

  private async run(): Promise<void> {
    const limits = { ...followLimits, ...this.options.limits };
    let restMs = limits.busyRestMs;
    while (!this.stopping) {
      try {
        this.rung = false;
        const taken = await this.step();
        this.fault = null;
        restMs = taken > 0 ? limits.busyRestMs : Math.min(Math.max(1, 2 * restMs), limits.idleRestMs);
        await this.rest(taken < limits.page ? restMs : 0);
      } catch (error) {
        this.fault = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown fault';
        this.options.onFault?.(this.who.name, error);
        await this.rest(limits.errorRestMs);
      }
    }
  }

  private async rest(milliseconds: number): Promise<void> {
    if (this.rung || this.stopping || milliseconds === 0) return;
    const bell = new AbortController();
    this.wake = () => bell.abort();
    await sleep(milliseconds, undefined, { signal: bell.signal }).catch(() => undefined);
    this.wake = undefined;
  }
}
