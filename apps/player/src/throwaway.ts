import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;
const COMPLAINT_LENGTH = 4_000;
const builtService = path.resolve(__dirname, '../../standalone/src/main.js');

/** A sandbox of its own in a temporary folder, as a process of its own. */
export type Throwaway = Readonly<{
  url: string;
  dataFolder: string;
  process: () => ChildProcess;
  /** Kills the service as a power cut would, and starts it again on the same folder. Ends at once where that is under way already. */
  killAndRestart: () => Promise<void>;
  untilStopped: () => Promise<void>;
  /** Stops it and removes the folder. */
  stop: () => Promise<void>;
}>;

/** Starts one; `service` is the built main file of the standalone service. @throws Error with what the service said when it does not start */
export async function startThrowaway(service = builtService): Promise<Throwaway> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'guitu-play-'));
  const port = await freePort();
  let child = await launch(service, dataFolder, port);
  let restarting: Promise<void> | undefined;
  const restart = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended(child);
    child = await launch(service, dataFolder, port);
  };
  return {
    url: `http://127.0.0.1:${port}`,
    dataFolder,
    process: () => child,
    killAndRestart: () => (restarting ??= restart().finally(() => (restarting = undefined))),
    untilStopped: () => ended(child),
    stop: async () => {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await ended(child);
      clearTimeout(hard);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', () => resolve())));

/** Resolves when the service has said where it listens. */
async function launch(service: string, dataFolder: string, port: number): Promise<ChildProcess> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GUITU_')));
  const child = spawn(process.execPath, [service], {
    env: { ...inherited, GUITU_MODE: 'sandbox', GUITU_DATA_FOLDER: dataFolder, GUITU_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stderr.on('data', (text: Buffer) => (complained = `${complained}${text.toString()}`.slice(-COMPLAINT_LENGTH)));
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The sandbox did not start in time. ${complained}`));
    }, START_WITHIN_MS);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The sandbox ended with code ${String(code)}. ${complained}`));
    });
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (!said.includes('/v1')) return;
      clearTimeout(late);
      child.removeAllListeners('exit');
      resolve();
    });
  });
  return child;
}

/** A port that nobody uses at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
