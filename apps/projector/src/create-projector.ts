import { Follower, type FollowerHealth, type FollowLimits } from '@guitu/history';
import type { EventLog } from '@guitu/event-log';
import type { ReadModels, Rebuilt } from '@guitu/read-models';

export type ProjectorParts = Readonly<{
  log: EventLog;
  readModels: ReadModels;
  limits?: Partial<FollowLimits>;
  onFault?: (name: string, error: unknown) => void;
}>;

/** Log to read models, at its own pace. */
export type Projector = Readonly<{
  /** Makes the tables when there are none, and makes them anew when other code made them; then follows the log. Tells of a rebuild. */
  start(): Promise<Rebuilt | null>;
  /** Finishes the page under way, then stops. */
  stop(): Promise<void>;
  /** Takes everything there is now; for the hand-moved clock. */
  catchUp(): Promise<bigint>;
  health(): FollowerHealth;
}>;

export function createProjector({ log, readModels, limits, onFault }: ProjectorParts): Projector {
  const follower = new Follower(log, readModels.projection, {
    ...(limits === undefined ? {} : { limits }),
    ...(onFault === undefined ? {} : { onFault }),
  });
  return {
    start: async () => {
      const current = await readModels.prepare();
      const rebuilt = current ? null : await readModels.rebuild(log);
      follower.start();
      return rebuilt;
    },
    stop: () => follower.stop(),
    catchUp: () => follower.catchUp(),
    health: () => follower.health(),
  };
}
