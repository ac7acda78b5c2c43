import { setTimeout as sleep } from 'node:timers/promises';
import { LeaseLost, type Held, type Leases } from './leases';

/** A holder renews, and those who wait ask, three times in the length of a lease: two attempts may fail. */
const attemptsPerLease = 3;
const longestRestMs = 10_000;
const faultRestMs = 1_000;

export type LeasedWork = Readonly<{
  leases: Leases;
  /** The kind of work, such as `projector`. */
  name: string;
  /**
   * Begun whenever the lease was taken. It ends when the signal aborts (the lease is lost, or the process stops); ending by itself or by an error
   * gives the lease back, and after a rest it is asked for anew.
   */
  work: (held: Held, signal: AbortSignal) => Promise<void>;
  /** Called after each attempt that found the lease with somebody else. */
  whileWaiting?: () => Promise<void>;
  /** Anything but LeaseLost, which is no fault. */
  onFault?: (error: unknown) => void;
}>;

export type Holding = Readonly<{
  standing: () => 'held' | 'waiting';
  /** Ends the work, gives the lease back, and waits for both. */
  stop: () => Promise<void>;
}>;

/** Does a kind of work as long as its lease is held here, and waits for the lease otherwise: one of many processes works, the others stand by. */
export function holdLease(leased: LeasedWork): Holding {
  const stopping = new AbortController();
  const state: { standing: 'held' | 'waiting' } = { standing: 'waiting' };
  const running = run(leased, stopping.signal, (standing) => (state.standing = standing));
  return {
    standing: () => state.standing,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function run(leased: LeasedWork, stop: AbortSignal, tell: (standing: 'held' | 'waiting') => void): Promise<void> {
  const fault = (error: unknown): undefined => {
    if (!(error instanceof LeaseLost)) leased.onFault?.(error);
    return undefined;
  };
  while (!stop.aborted) {
    const held = await leased.leases.acquire(leased.name).catch(fault);
    if (held === undefined) {
      await leased.whileWaiting?.().catch(fault);
      await rest(attemptMs(leased.leases), stop);
      continue;
    }
    tell('held');
    await tenure(leased, held, stop).catch(fault);
    tell('waiting');
    await rest(Math.min(faultRestMs, attemptMs(leased.leases)), stop);
  }
}

/** From taking the lease to losing it, or to the end of the work. */
async function tenure({ leases, work }: LeasedWork, held: Held, stop: AbortSignal): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  stop.addEventListener('abort', end, { once: true });
  if (stop.aborted) end();
  const renewing = renewUntilOver(leases, held, over);
  try {
    await work(held, over.signal);
  } finally {
    end();
    stop.removeEventListener('abort', end);
    await renewing;
    await held.release().catch(() => undefined);
  }
}

/** Ends the tenure when the lease went to somebody else, or when nobody could be asked for its whole length. */
async function renewUntilOver(leases: Leases, held: Held, over: AbortController): Promise<void> {
  let askedAt = performance.now();
  while (!over.signal.aborted) {
    await rest(attemptMs(leases), over.signal);
    if (over.signal.aborted) return;
    const now = performance.now();
    const renewed = await held.renew().catch(() => undefined);
    if (renewed === true) askedAt = now;
    else if (renewed === false || performance.now() - askedAt > leases.seconds * 1_000) over.abort();
  }
}

const attemptMs = ({ seconds }: Leases): number => Math.min((seconds * 1_000) / attemptsPerLease, longestRestMs);

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
