import type { Held, Leases } from './leases';

const dayInSeconds = 86_400;
const nothing = (): Promise<void> => Promise.resolve();

/** For a process that has its database to itself, as the one with an embedded database has by the lock of its folder: every lease is granted. */
export const soleLeases: Leases = {
  seconds: dayInSeconds,
  acquire: (name) =>
    Promise.resolve<Held>({ name, epoch: 1n, fence: nothing, check: nothing, renew: () => Promise.resolve(true), release: nothing }),
};
