import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { superuser } from './create-cluster';
import { address } from './ports';
import { findPostmaster } from './postmaster';

/** A database that somebody else started and will stop. The URL holds the password: for connecting, never for printing. */
export type RunningPostgres = Readonly<{ superuserUrl: string }>;

/**
 * The database that runs in this folder now and takes connections, or undefined. Only looks: nothing is made, claimed, started or stopped,
 * so that a reader can work beside the service that owns the folder.
 */
export function findRunningPostgres(folder: string): RunningPostgres | undefined {
  if (!existsSync(folder)) return undefined;
  const real = realpathSync(folder);
  const found = findPostmaster(join(real, 'data'));
  if (found?.status !== 'ready') return undefined;
  const password = readFileSync(join(real, 'password'), 'utf8').trim();
  return { superuserUrl: `postgres://${superuser}:${password}@${address}:${found.port}/postgres` };
}
