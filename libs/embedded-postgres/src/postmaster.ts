import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPostgresOf, postgresProcessesOf, processExists } from './processes';

export type Postmaster = Readonly<{ pid: number; port: number; status: 'starting' | 'ready' | 'stopping' | 'unknown' }>;

const pollMs = 20;
const fastShutdownMs = 60_000;
const immediateShutdownMs = 15_000;
const leftoversMs = 15_000;

/** The server that runs in this data directory now; nothing when the file was left behind or names a stranger. */
export function findPostmaster(dataDirectory: string): Postmaster | undefined {
  const written = readPidFile(dataDirectory);
  return written && isPostgresOf(written.pid, dataDirectory) ? written : undefined;
}

function readPidFile(dataDirectory: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3] ?? 0), status: statusOf(lines[7]) };
  } catch {
    return undefined;
  }
}

function statusOf(line: string | undefined): Postmaster['status'] {
  const word = line?.trim();
  return word === 'ready' || word === 'starting' || word === 'stopping' ? word : 'unknown';
}

/**
 * Clears the way for a new server after one that died. PostgreSQL itself takes over the file of a process that is gone. It stays blocked
 * when the number now belongs to a stranger or a zombie; then the file is removed, but only when no process at all works in the directory.
 */
export async function clearLeftovers(dataDirectory: string): Promise<void> {
  // Children of a killed server notice its death and go by themselves; a new server must not start beside them.
  await waitUntil(() => postgresProcessesOf(dataDirectory).length === 0, leftoversMs);
  if (postgresProcessesOf(dataDirectory).length > 0) throw new Error('processes of a server that died still work in its data directory');
  const written = readPidFile(dataDirectory);
  if (written && processExists(written.pid)) rmSync(join(dataDirectory, 'postmaster.pid'), { force: true });
}

/** Rolls open transactions back, writes everything out, leaves no process. */
export async function shutDown(pid: number, dataDirectory: string): Promise<void> {
  const gone = () => !isPostgresOf(pid, dataDirectory);
  signal(pid, dataDirectory, 'SIGINT');
  if (await waitUntil(gone, fastShutdownMs)) return;
  // Nothing is lost by an immediate shutdown either: the next start recovers from the write-ahead log.
  signal(pid, dataDirectory, 'SIGQUIT');
  if (!(await waitUntil(gone, immediateShutdownMs))) throw new Error(`the PostgreSQL server ${pid} does not stop`);
}

function signal(pid: number, dataDirectory: string, name: NodeJS.Signals): void {
  if (!isPostgresOf(pid, dataDirectory)) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether it became true in time. */
export async function waitUntil(isTrue: () => boolean, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (!isTrue()) {
    if (performance.now() > until) return false;
    await sleep(pollMs);
  }
  return true;
}
