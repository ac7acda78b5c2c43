import { setTimeout as sleep } from 'node:timers/promises';
import { holdLease, LeaseLost, type Held, type Leases } from '@guitu/leases';
import { Custodian, type CustodianParts } from './custodian';

/** How long the custodian rests between two looks, and at least between two tries at an erasure that waits. */
export const custodianRestMs = 1_000;
const leastRestMs = 100;

export type CustodyParts = Omit<CustodianParts, 'mayAct'> & Readonly<{ leases: Leases; restMs?: number }>;

export type CustodyKept = Readonly<{
  standing: () => 'held' | 'waiting';
  health: () => Readonly<{ fault: string | null }>;
  /** Finishes the step under way, then stops and lets another one take over. */
  stop: () => Promise<void>;
}>;

export const custodianLease = 'custodian';

/**
 * Works as long as this process holds the custodian's lease, and stands by otherwise. The lease is asked for right before each step; a step that was
 * under way when it was lost is harmless, too.
 */
export function keepCustody({ leases, restMs = custodianRestMs, onFault, ...parts }: CustodyParts): CustodyKept {
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
    const custodian = new Custodian({ ...parts, mayAct, onFault: tell });
    while (!signal.aborted) {
      const { wakeAt } = await custodian.runOnce();
      fault = custodian.health().fault;
      const untilWake = wakeAt === null ? restMs : Math.max(leastRestMs, wakeAt - Date.now());
      await sleep(Math.min(restMs, untilWake), undefined, { signal }).catch(() => undefined);
    }
  };
  const whileWaiting = (): Promise<void> => Promise.resolve(void (fault = null));
  const holding = holdLease({ leases, name: custodianLease, work, whileWaiting, onFault: tell });
  return { standing: holding.standing, health: () => ({ fault }), stop: holding.stop };
}
