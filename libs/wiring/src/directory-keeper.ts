import { LogUnavailable } from '@guitu/event-log';
import type { Directory, Instant, World } from '@guitu/rescue';
import type { ReadModels } from '@guitu/read-models';

/** How old the remembered directory may be. */
const FRESH_MS = 200;
/** How long a decision waits for an agency event of this process to reach the directory. */
const OWN_WRITE_WAIT_MS = 2_000;

/**
 * Keeps the agency directory that rules look up. What this process wrote is always in it; what others wrote is in it after the projector's lag
 * and {@link FRESH_MS}.
 */
export class DirectoryKeeper {
  private directory: Directory = new Map();
  private position = 0n;
  private readAt = Number.NEGATIVE_INFINITY;
  private mustReach = 0n;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly readModels: ReadModels,
    private readonly now: () => Instant,
  ) {}

  /** An agency event of this process lies at this position. */
  noteOwnWrite(position: bigint): void {
    if (position > this.mustReach) this.mustReach = position;
  }

  async world(): Promise<World> {
    const stale = performance.now() - this.readAt > FRESH_MS || this.mustReach > this.position;
    if (stale) await (this.reading ??= this.refresh().finally(() => (this.reading = undefined)));
    return { now: this.now(), directory: this.directory };
  }

  private async refresh(): Promise<void> {
    if (this.mustReach > this.position && !(await this.readModels.waitForPosition(this.mustReach, OWN_WRITE_WAIT_MS)))
      throw new LogUnavailable('deadline', 'the agency directory has not caught up with what this process wrote');
    const changed = await this.readModels.directoryChangedSince(this.position);
    if (changed.agencies.length > 0)
      this.directory = new Map([...this.directory, ...changed.agencies.map((agency) => [agency.id, agency] as const)]);
    this.position = changed.position;
    this.readAt = performance.now();
  }
}
