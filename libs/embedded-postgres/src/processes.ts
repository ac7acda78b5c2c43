import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

const onLinux = process.platform === 'linux';

/**
 * A text that no other process has had under this id since the machine started, or nothing when no such process runs.
 * A zombie does not run: under an init that never reaps, it would count as alive for ever.
 */
export function startOf(pid: number): string | undefined {
  try {
    return onLinux ? startFromProc(pid) : startFromPs(pid);
  } catch {
    return undefined;
  }
}

function startFromProc(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may itself hold blanks and parentheses; the state is the first field after it, the start the twentieth.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return isDead(fields[0] ?? '') ? undefined : fields[19];
}

function startFromPs(pid: number): string | undefined {
  const line = ask('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  return line === '' || isDead(line) ? undefined : line.replace(/^\S+\s+/, '');
}

const isDead = (state: string): boolean => /^[ZX]/.test(state);

/** Whether this process is a server, or one of its children, that works in this data directory. Never true for a stranger. */
export function isPostgresOf(pid: number, dataDirectory: string): boolean {
  if (startOf(pid) === undefined) return false;
  try {
    if (!onLinux) return isPostgresCommand(ask('ps', ['-o', 'command=', '-p', String(pid)]), dataDirectory);
    // Every process of a server works inside its data directory, under whatever name that directory was given to it.
    return readlinkSync(`/proc/${pid}/cwd`) === dataDirectory && basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres');
  } catch {
    return false;
  }
}

export function postgresProcessesOf(dataDirectory: string): readonly number[] {
  if (onLinux) return pidsOfProc().filter((pid) => isPostgresOf(pid, dataDirectory));
  const lines = ask('ps', ['-axo', 'pid=,command=']).split('\n');
  return lines.filter((line) => isPostgresCommand(line, dataDirectory)).map((line) => Number.parseInt(line, 10));
}

const pidsOfProc = (): number[] => readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

const isPostgresCommand = (command: string, dataDirectory: string): boolean =>
  command.includes('postgres') && command.includes(dataDirectory);

function ask(command: string, options: readonly string[]): string {
  return execFileSync(command, options, { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }).trim();
}

export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
