import { holdLease, type Holding } from './hold-lease';
import { LeaseLost, type Held, type Leases } from './leases';
import { soleLeases } from './sole-leases';

const short = 0.03;
const holdings: Holding[] = [];
afterEach(async () => {
  for (const holding of holdings.splice(0)) await holding.stop();
});
const hold = (...asked: Parameters<typeof holdLease>): Holding => {
  const holding = holdLease(...asked);
  holdings.push(holding);
  return holding;
};
const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 1));
};
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));

/** Leases in memory whose present holder can be put off by hand. */
function leasesByHand(): Leases & { putOff: () => void; breakDown: (broken: boolean) => void; epoch: () => bigint } {
  let epoch = 0n;
  let free = true;
  let broken = false;
  const alive = <T>(answer: T): Promise<T> => (broken ? Promise.reject(new Error('the database is away')) : Promise.resolve(answer));
  const held = (own: bigint): Held => ({
    name: 'work',
    epoch: own,
    fence: () => (own === epoch ? alive(undefined) : Promise.reject(new LeaseLost('work', own))),
    check: () => (own === epoch ? alive(undefined) : Promise.reject(new LeaseLost('work', own))),
    renew: () => alive(own === epoch),
    release: () => {
      if (own === epoch) free = true;
      return alive(undefined);
    },
  });
  return {
    seconds: short,
    acquire: () => {
      if (!free || broken) return alive(undefined);
      free = false;
      epoch += 1n;
      return alive(held(epoch));
    },
    putOff: () => void (epoch += 1n),
    breakDown: (now) => void (broken = now),
    epoch: () => epoch,
  };
}

describe('work under a lease', () => {
  it('begins with the lease and ends with it; two who want it work one after the other', async () => {
    const leases = leasesByHand();
    const seen: string[] = [];
    const work = (who: string) => async (_: Held, signal: AbortSignal) => {
      seen.push(`${who} begins`);
      await aborted(signal);
      seen.push(`${who} ends`);
    };
    const one = hold({ leases, name: 'work', work: work('one') });
    await until(() => one.standing() === 'held');
    const other = hold({ leases, name: 'work', work: work('other') });
    let looked = 0;
    hold({ leases, name: 'work', work: work('third'), whileWaiting: () => Promise.resolve(void (looked += 1)) });
    await until(() => looked > 1);
    expect(other.standing()).toBe('waiting');
    await holdings.pop()?.stop();
    await one.stop();
    await until(() => other.standing() === 'held');
    expect(seen).toEqual(['one begins', 'one ends', 'other begins']);
  });

  it('is told when somebody else has taken the lease, and waits for it again', async () => {
    const leases = leasesByHand();
    let ended = 0;
    const holding = hold({ leases, name: 'work', work: async (_, signal) => aborted(signal).then(() => void (ended += 1)) });
    await until(() => holding.standing() === 'held');
    leases.putOff();
    await until(() => ended === 1 && holding.standing() === 'waiting');
    expect(leases.epoch()).toBe(2n);
  });

  it('that finds the lease lost is no fault; anything else is told, and the work is begun again', async () => {
    const leases = leasesByHand();
    const faults: unknown[] = [];
    let begun = 0;
    const work = async (held: Held): Promise<void> => {
      begun += 1;
      if (begun === 1) throw new LeaseLost(held.name, held.epoch);
      throw new Error(`fault ${begun}`);
    };
    hold({ leases, name: 'work', work, onFault: (error) => faults.push(error) });
    await until(() => begun >= 3);
    await until(() => faults.length >= 2);
    expect(faults.slice(0, 2)).toEqual([new Error('fault 2'), new Error('fault 3')]);
  });

  it('ends when nobody could be asked for the length of the lease', async () => {
    const leases = leasesByHand();
    let ended = 0;
    const holding = hold({ leases, name: 'work', work: async (_, signal) => aborted(signal).then(() => void (ended += 1)) });
    await until(() => holding.standing() === 'held');
    leases.breakDown(true);
    await until(() => ended === 1);
    expect(holding.standing()).toBe('waiting');
  });

  it('asks again while the database is away, and tells it', async () => {
    const leases = leasesByHand();
    leases.breakDown(true);
    const faults: unknown[] = [];
    const holding = hold({ leases, name: 'work', work: (_, signal) => aborted(signal), onFault: (error) => faults.push(error) });
    await until(() => faults.length > 1);
    leases.breakDown(false);
    await until(() => holding.standing() === 'held');
  });

  it('stopped gives the lease back after the work has ended', async () => {
    const leases = leasesByHand();
    let ended = false;
    const work = async (held: Held, signal: AbortSignal): Promise<void> => {
      await aborted(signal);
      await held.check();
      ended = true;
    };
    const holding = hold({ leases, name: 'work', work });
    await until(() => holding.standing() === 'held');
    await holding.stop();
    expect(ended).toBe(true);
    expect(await leases.acquire('work')).toBeDefined();
  });

  it('of a process that has its database to itself begins at once', async () => {
    const holding = hold({ leases: soleLeases, name: 'work', work: (_, signal) => aborted(signal) });
    await until(() => holding.standing() === 'held');
  });
});
