import { maxRecordsPerPage } from '../check-call';
import type { StoredRecord } from '../port';
import type { KnownIds } from './known-ids';
import { isOurs, recordOf } from './stored-form';
import { unavailable } from './unavailable';
import { WireFailure, type Wire, type WireEvent } from './wire';

/** While a stretch of the log holds nothing of ours: system events, and streams of other programs on the same server. */
const eventsPerSkippedPage = 500;
/** The last event is ours nearly always. */
const eventsPerStepBack = 16;
/** A connection that broke while nothing was on its way shows only at the next call. Reading twice is harmless. */
const readAttempts = 2;

/** Reads by pages; every page has the whole deadline for itself, so a long stream or stretch takes as long as it takes. */
export class Reading {
  /** Between these positions nothing is ours: followers at the end need not look through it again with every poll. */
  private gap = { after: 0n, upTo: 0n };

  constructor(
    private readonly wire: Wire,
    private readonly known: KnownIds,
    private readonly deadlineMs: number,
  ) {}

  /** @throws LogUnavailable, ForeignRecord */
  async stream(stream: string, after: number, limit: number): Promise<readonly StoredRecord[]> {
    const records: StoredRecord[] = [];
    for (;;) {
      const from = after + records.length + 1;
      const count = Math.min(limit - records.length, maxRecordsPerPage);
      const page = await this.ask((giveUpAt) => this.wire.readStream(stream, from, count, giveUpAt));
      this.known.learn(stream, from, page);
      for (const event of page) records.push(recordOf(event));
      if (page.length < count || records.length === limit) return records;
    }
  }

  /** @throws LogUnavailable */
  async all(after: bigint, limit: number): Promise<readonly StoredRecord[]> {
    const records: StoredRecord[] = [];
    let from = after >= this.gap.after && after < this.gap.upTo ? this.gap.upTo : after;
    let count = limit + 1;
    for (;;) {
      const page = await this.pageFrom(from, count);
      // The server gives the record at the position as well, which the caller has had.
      for (const event of page) if (event.position > from && isOurs(event)) records.push(recordOf(event));
      from = page.at(-1)?.position ?? from;
      if (page.length < count && records.length === 0) this.rememberGap(after, from);
      if (page.length < count || records.length >= limit) return records.slice(0, limit);
      count = Math.max(limit - records.length + 1, eventsPerSkippedPage);
    }
  }

  /** @throws LogUnavailable */
  async head(): Promise<bigint> {
    let before: bigint | undefined;
    let count = eventsPerStepBack;
    for (;;) {
      const start = before;
      const size = count;
      const page = await this.ask((giveUpAt) => this.wire.readAllBackwards(start, size, giveUpAt));
      const last = page.find(isOurs);
      if (last) return last.position;
      if (page.length < size) return 0n;
      before = page.at(-1)?.position;
      count = eventsPerSkippedPage;
    }
  }

  private pageFrom(from: bigint, count: number): Promise<readonly WireEvent[]> {
    return this.ask((giveUpAt) => this.wire.readAll(from, count, giveUpAt));
  }

  private rememberGap(after: bigint, upTo: bigint): void {
    const joins = after >= this.gap.after && after <= this.gap.upTo;
    if (upTo > after) this.gap = { after: joins ? this.gap.after : after, upTo };
  }

  private async ask<T>(call: (giveUpAt: number) => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + this.deadlineMs;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call(giveUpAt);
      } catch (error) {
        const brokenConnection = error instanceof WireFailure && error.kind === 'lost';
        if (!brokenConnection || attempt === readAttempts) throw unavailable(error, 'the event log cannot be read now');
      }
    }
  }
}
