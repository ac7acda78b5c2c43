import type { Standing } from './fold-page';
import { RecentStreams } from './recent-streams';

/**
 * How much is remembered of streams between pages, in events of theirs: what a stream's state and open rows take grows with its events. Some
 * hundred bytes each, so that this stays far below a hundred megabytes.
 */
export const eventsRemembered = 50_000;

/**
 * Where the streams stand that were touched last, beside the rows of one generation. It counts only together with a checkpoint: who holds
 * another one than it stands at finds it empty. So a page that was rolled back, or written by another process, is never built upon.
 */
export class StreamMemory {
  private readonly streams: RecentStreams<Standing>;
  private position: bigint | undefined;

  constructor(most = eventsRemembered) {
    this.streams = new RecentStreams(most);
  }

  /** What is remembered at this checkpoint, which the caller holds. */
  at(position: bigint): Readonly<{ find(stream: string): Standing | undefined }> {
    if (position !== this.position) this.streams.clear();
    this.position = position;
    return this.streams;
  }

  /** The next page reads this stream from its rows. */
  forget(stream: string): void {
    this.streams.drop(stream);
  }

  /** Where the streams of a page stand after it, once everything of it was written. */
  keep(standings: ReadonlyMap<string, Standing>, position: bigint): void {
    for (const [stream, { situation, position: at, rows }] of standings)
      this.streams.keep(stream, { situation, position: at, rows }, situation.version);
    for (const forgotten of this.streams.takeOldest()) void forgotten;
    this.position = position;
  }
}
