import { setTimeout as sleep } from 'node:timers/promises';
import { holdLease, LeaseLost, type Held, type Leases } from '@guitu/leases';
import type { ClockWatch } from './clock-watch';
import { Timekeeper, timekeeperRestMs, type TimekeeperParts } from './timekeeper';

export type TimeKeptParts = Omit<TimekeeperParts, 'mayAct' | 'clock'> &
  Readonly<{
    leases: Leases;
    /** Wherever time goes by itself, its clock is watched. */
    clock: ClockWatch | 'moved by hand';
  }>;

export type TimeKept = Readonly<{
  standing: () => 'held' | 'waiting';
  health: () => Readonly<{ fault: string | null }>;
  /** Finishes the command under way, then stops and lets another one take over. */
  stop: () => Promise<void>;
}>;

export const timekeeperLease = 'timekeeper';

/**
 * Looks at the open duties again and again as long as this process holds the timekeeper's lease, and stands by otherwise. The lease is asked for
 * right before each command. A command that was under way when it was lost is harmless, too: its id comes from the duty and its limit, and the rule
 * decides inside the stream.
 */
export function keepTime({ leases, clock, restMs = timekeeperRestMs, onFault, ...parts }: TimeKeptParts): TimeKept {
  let fault: string | null = null;
  const tell = (error: unknown): void => {
    fault = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown fault';
    onFault?.(error);
  };
  const work = async (held: Held, signal: AbortSignal): Promise<void> => {
    const mayAct = async (): Promise<void> => {
      if (signal.aborted) throw new LeaseLost(held.name, held.epoch);
      await held.check();
    };
    const timekeeper = new Timekeeper({ ...parts, ...(clock === 'moved by hand' ? {} : { clock }), mayAct, onFault: tell });
    while (!signal.aborted) {
      await timekeeper.runOnce();
      fault = timekeeper.health().fault;
      await sleep(restMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const whileWaiting = (): Promise<void> => Promise.resolve(void (fault = null));
  const holding = holdLease({ leases, name: timekeeperLease, work, whileWaiting, onFault: tell });
  return { standing: holding.standing, health: () => ({ fault }), stop: holding.stop };
}
