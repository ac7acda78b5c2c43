/**
 * What happens to the next append.
 * - `lose-answer`: written, then the connection breaks
 * - `drop`: the connection breaks before anything is written
 * - `refuse`: the server answers that it is not ready; nothing is written
 * - `stall`: no answer ever, and nothing is written; `stall-after-write`: the same, but written
 * - `wrong-version-after-write`: the server tried twice and answers the second try
 * - `gives-up`: the server answers that it gave up, and nothing is written; `gives-up-after-write`: the same, but written
 */
export type AppendFault =
  'lose-answer' | 'drop' | 'refuse' | 'stall' | 'stall-after-write' | 'wrong-version-after-write' | 'gives-up' | 'gives-up-after-write';

/** What happens to the next read: half of the events and a broken connection, no answer ever, or a refusal. */
export type ReadFault = 'half' | 'stall' | 'refuse';

/** Faults in the order in which they strike, one for each call; `none` lets one call pass. */
export class Faults {
  readonly appends: (AppendFault | 'none')[] = [];
  readonly reads: (ReadFault | 'none')[] = [];
  /** How often one of them has struck. */
  struck = 0;

  nextAppend(): AppendFault | undefined {
    return this.count(this.appends.shift());
  }

  nextRead(): ReadFault | undefined {
    return this.count(this.reads.shift());
  }

  private count<F extends string>(fault: F | 'none' | undefined): F | undefined {
    if (fault === undefined || fault === 'none') return undefined;
    this.struck += 1;
    return fault as F;
  }
}
