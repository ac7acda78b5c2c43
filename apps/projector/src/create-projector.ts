import type { EventLog } from '@guitu/event-log';
import { Follower, type FollowerHealth, type FollowLimits } from '@guitu/history';
import { holdLease, LeaseLost, soleLeases, type Held, type Holding, type Leases } from '@guitu/leases';
import type { ReadModels, Rebuilt } from '@guitu/read-models';

export type ProjectorParts = Readonly<{
  log: EventLog;
  readModels: ReadModels;
  /** Without them nobody else writes the same rows. */
  leases?: Leases;
  limits?: Partial<FollowLimits>;
  onFault?: (name: string, error: unknown) => void;
}>;

/** Log to read models, at its own pace. Of several projectors one works; the others stand by and take over when it falls silent. */
export type Projector = Readonly<{
  /** Makes the tables when there are none, and makes them anew when other code made them; then follows the log, or stands by. Tells of a rebuild. */
  start(): Promise<Rebuilt | null>;
  /** Finishes the page under way, then stops and lets another one take over. */
  stop(): Promise<void>;
  /** Standing by: how far the one that works has come. */
  health(): FollowerHealth;
  standing(): 'held' | 'waiting';
}>;

export const projectorLease = 'projector';

export function createProjector(parts: ProjectorParts): Projector {
  const projector = new LeasedProjector(parts);
  return {
    start: () => projector.start(),
    stop: () => projector.stop(),
    health: () => projector.health(),
    standing: () => projector.holding?.standing() ?? 'waiting',
  };
}

class LeasedProjector {
  holding: Holding | undefined;
  private follower: Follower | undefined;
  /** What is known while no follower works here. */
  private seen: FollowerHealth;

  constructor(private readonly parts: ProjectorParts) {
    this.seen = { name: parts.readModels.projection.name, position: 0n, head: 0n, fault: null };
  }

  start(): Promise<Rebuilt | null> {
    return new Promise((resolve, reject) => {
      this.holding = holdLease({
        leases: this.parts.leases ?? soleLeases,
        name: projectorLease,
        work: (held, signal) => this.work(held, signal, resolve),
        whileWaiting: () => this.look().then(() => resolve(null)),
        onFault: (error) => {
          this.fault(error);
          // At the first start the operator is told; later on it is tried again.
          reject(error);
        },
      });
    });
  }

  async stop(): Promise<void> {
    await this.holding?.stop();
  }

  health(): FollowerHealth {
    return this.follower?.health() ?? this.seen;
  }

  private async work(held: Held, signal: AbortSignal, begun: (rebuilt: Rebuilt | null) => void): Promise<void> {
    const { log, readModels, limits } = this.parts;
    const current = await readModels.prepare();
    const rebuilt = current ? null : await readModels.rebuild(log);
    await new Promise<void>((over) => {
      const follower = new Follower(log, readModels.projection.under(held.fence), {
        ...(limits === undefined ? {} : { limits }),
        // A page that came too late is no fault: somebody else works on.
        onFault: (_name, error) => (error instanceof LeaseLost ? over() : this.fault(error)),
      });
      this.follower = follower;
      if (!signal.aborted) follower.start();
      begun(rebuilt);
      if (signal.aborted) over();
      else signal.addEventListener('abort', () => over(), { once: true });
    });
    const { position, head } = this.health();
    await this.follower?.stop();
    this.seen = { ...this.seen, position, head, fault: null };
    this.follower = undefined;
  }

  private async look(): Promise<void> {
    const { position } = await this.parts.readModels.standing();
    this.seen = { ...this.seen, position, head: position, fault: null };
  }

  private fault(error: unknown): void {
    this.seen = { ...this.seen, fault: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown fault' };
    this.parts.onFault?.(this.seen.name, error);
  }
}
