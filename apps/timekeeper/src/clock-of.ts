import type { ReadModels } from '@guitu/read-models';
import type { Instant } from '@guitu/standards';
import { ClockWatch } from './clock-watch';

/** Watches the wall clock of a house beside that of its database, which may be another machine's. */
export const clockOf = (
  { now, readModels }: Readonly<{ now: () => Instant; readModels: ReadModels }>,
  { clockHoldSeconds }: Readonly<{ clockHoldSeconds: number }>,
): ClockWatch => new ClockWatch({ now, otherClock: () => readModels.clock(), holdMs: clockHoldSeconds * 1_000 });
