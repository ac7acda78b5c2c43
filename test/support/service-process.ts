import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtService } from './built-service';

const START_WITHIN_MS = 60_000;
const END_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** The service as an operator starts it: a process with settings, and what it says. */
export type ServiceProcess = Readonly<{
  child: ChildProcess;
  said: () => Readonly<{ stdout: string; stderr: string }>;
  /** Resolves when it says where it listens; rejects when it ends before. */
  started: Promise<void>;
  /** Its exit code. */
  ended: Promise<number | null>;
}>;

export function startService(settings: Readonly<Record<`GUITU_${string}`, string>>): ServiceProcess {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GUITU_')));
  const child = spawn(process.execPath, [builtService()], { env: { ...inherited, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const started = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The service did not start in time. ${stderr}`)), START_WITHIN_MS);
    void ended
      .then((code) => reject(new Error(`The service ended with code ${String(code)}. ${stderr}`)))
      .finally(() => clearTimeout(late));
    child.stdout.on('data', (text: Buffer) => {
      stdout += text.toString();
      if (!stdout.includes('/v1')) return;
      clearTimeout(late);
      resolve();
    });
  });
  // Whoever waits for the end alone does not look at the start.
  started.catch(() => undefined);
  return { child, said: () => ({ stdout, stderr }), started, ended };
}

/** Ids of the processes that work in the folder or were told of it, and of all their descendants. Needs `/proc`. */
export function processesOf(folder: string): readonly number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => described(Number(pid)));
  const found = new Set(all.filter(({ told }) => told.includes(folder)).map(({ pid }) => pid));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

type Described = Readonly<{ pid: number; parent: number; told: string }>;

function described(pid: number): readonly Described[] {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    const places = [readlinkSync(`/proc/${pid}/cwd`), readFileSync(`/proc/${pid}/environ`, 'utf8')];
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return command === '' ? [] : [{ pid, parent: Number(parent), told: [command, ...places].join('\0') }];
  } catch {
    return [];
  }
}

/** Waits until none of the processes lives; the ids of those that do not end. */
export async function stillAlive(pids: readonly number[]): Promise<readonly number[]> {
  const isAlive = (pid: number): boolean => described(pid).length > 0;
  for (let waited = 0; waited < END_WITHIN_MS && pids.some(isAlive); waited += LOOK_EVERY_MS) await sleep(LOOK_EVERY_MS);
  return pids.filter(isAlive);
}
