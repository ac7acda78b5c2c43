import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { spawnAs, type Account } from './account';
import type { Binaries } from './binaries';
import { CannotStart, speaksOfFullDisk } from './cannot-start';
import type { Folder } from './folder';
import { handOver } from './handed-over';
import { address } from './ports';
import { findPostmaster, waitUntil } from './postmaster';

export type ServerSettings = Readonly<Record<string, string | number | boolean>>;

const largestLogBytes = 4 * 1024 * 1024;
/** Recovery after a crash of a large database takes its time. */
export const readyWithinMs = 120_000;

/** Always so; a caller's settings cannot change who may connect. The server's log tells of the server
 * only: an error of a statement, whose text may quote a value, goes to the one who sent it and to nobody else. */
const fixedSettings: ServerSettings = {
  listen_addresses: address,
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  logging_collector: false,
  log_destination: 'stderr',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_min_duration_statement: -1,
};

/** Starts the server, apart from our own process, and returns its process id once it takes connections. */
export async function launchServer(
  folder: Folder,
  binaries: Binaries,
  account: Account,
  place: { port: number; settings: ServerSettings },
): Promise<number> {
  const logStart = rotate(folder.log);
  const child = spawnServer(folder, binaries, account, [...options({ ...place.settings, ...fixedSettings }), '-p', String(place.port)]);
  let failure: Error | undefined;
  let ended = false;
  child.once('error', (error) => (failure = error));
  child.once('exit', () => (ended = true));
  const ready = () => findPostmaster(folder.data)?.pid === child.pid && findPostmaster(folder.data)?.status === 'ready';
  const inTime = await waitUntil(() => failure !== undefined || ended || ready(), readyWithinMs);
  child.unref();
  if (failure) throw failure;
  if (ended || child.pid === undefined) throw reasonFromLog(folder, logStart, place.port);
  if (!inTime) throw new Error(`the server took more than ${readyWithinMs} ms to start`);
  return child.pid;
}

function spawnServer(folder: Folder, binaries: Binaries, account: Account, settings: readonly string[]) {
  const handed = handOver(account, [folder.data]);
  const log = openSync(folder.log, 'a', 0o600);
  try {
    return spawn(binaries.postgres, ['-D', handed.paths[0]!, ...settings], {
      ...spawnAs(account),
      cwd: '/',
      detached: true, // a Ctrl-C at the terminal is for our service, which then stops the server in order
      stdio: ['ignore', log, log, ...handed.descriptors],
    });
  } finally {
    closeSync(log);
    handed.close();
  }
}

const options = (settings: ServerSettings): readonly string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Keeps the log and one older one. Returns where the new start begins to write. */
function rotate(log: string): number {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= largestLogBytes) return size;
  renameSync(log, `${log}.1`);
  return 0;
}

function reasonFromLog(folder: Folder, logStart: number, port: number): CannotStart {
  const written = readFileSync(folder.log).subarray(logStart).toString();
  if (speaksOfFullDisk(written)) return new CannotStart('disk-full', `There is no space left on the disk that holds ${folder.path}.`);
  if (/could not bind|Address already in use/.test(written)) return portBusy(port);
  const complaint =
    written
      .split('\n')
      .filter((line) => /FATAL|PANIC|ERROR/.test(line))
      .at(-1) ?? 'it ended without a word';
  return new CannotStart(
    'broken',
    `The database in ${folder.path} does not start: ${complaint.trim()}. All of its words are in ${folder.log}.`,
  );
}

export function portBusy(port: number): CannotStart {
  return new CannotStart('port-busy', `Another program listens on ${address}:${port}. Stop it, or choose another port for the database.`);
}
