import { closeSync, openSync } from 'node:fs';
import type { Account } from './account';

/** Paths under which a child process finds what we hand over to it, and the descriptors that it must inherit as 3, 4, … */
export type HandedOver = Readonly<{ paths: readonly string[]; descriptors: readonly number[]; close(): void }>;

const firstDescriptor = 3;

/**
 * Makes files reachable for a server that runs under a lent account. A home directory or a checkout of root is closed to it (0700), but an
 * open descriptor is not: on Linux `/proc/self/fd/N` leads straight to what was opened, without passing the closed directories above.
 */
export function handOver(account: Account, paths: readonly string[]): HandedOver {
  if (account.kind === 'own' || process.platform !== 'linux') return { paths, descriptors: [], close: () => undefined };
  const descriptors = paths.map((path) => openSync(path, 'r'));
  return {
    paths: descriptors.map((_, index) => `/proc/self/fd/${firstDescriptor + index}`),
    descriptors,
    close: () => descriptors.forEach((descriptor) => closeSync(descriptor)),
  };
}
