import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { issuerName, makeIssuer } from './issuer.mjs';
import { disownFolder, ownChild, ownFolder } from './leftovers.mjs';
import { lastingPort } from './ports.mjs';
import { room, standaloneMain } from './rooms.mjs';

const START_WITHIN_MS = 60_000;
const SAID_LENGTH = 4_000;

/** The file of role passwords of one server of this run: everybody who shares the server shares it. */
export function passwordsOf(postgresUrl) {
  const folder = path.join(tmpdir(), `guitu-faults-passwords-${process.pid}`);
  ownFolder(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return path.join(folder, `${new URL(postgresUrl).port}.json`);
}

/**
 * A service on a data folder of its own, as a process, in live mode. `main` is the built standalone service, or a naive one that takes the same
 * settings; `environment` adds settings. `start()` resolves when it answers; `end(signal)` when it is gone: `{ code, signal, tookMs }`.
 */
export async function openInstallation({ main = standaloneMain, words = [], environment = {} } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-faults-'));
  ownFolder(folder);
  const { jwksFile, token } = await makeIssuer(path.join(folder, 'issuer'));
  const port = await lastingPort();
  const dataFolder = path.join(folder, 'data');
  const settings = {
    // The roles belong to the server: whoever shares it shares their passwords.
    ...(environment.GUITU_POSTGRES_URL === undefined ? {} : { GUITU_ROLE_PASSWORDS_FILE: passwordsOf(environment.GUITU_POSTGRES_URL) }),
    GUITU_MODE: 'live',
    GUITU_DATA_FOLDER: dataFolder,
    GUITU_PORT: String(port),
    GUITU_JWKS_FILE: jwksFile,
    GUITU_TOKEN_ISSUER: issuerName,
    ...environment,
  };
  let child;
  const begin = () => {
    const launched = launch([main, ...words], settings);
    child = launched.child;
    return launched.ready;
  };
  const end = async (signal) => {
    const since = performance.now();
    const gone = ended(child);
    child.kill(signal);
    return { ...(await gone), tookMs: performance.now() - since };
  };
  /** Begins a start and ends it by SIGKILL that many milliseconds later, wherever it is then. */
  const startAndKill = async (afterMs) => {
    const ready = begin().catch(() => undefined);
    await sleep(afterMs);
    await end('SIGKILL');
    await ready;
  };
  const remove = async () => {
    if (alive()) await end('SIGTERM');
    await stopLeftDatabase(path.join(dataFolder, 'postgres'));
    rmSync(folder, { recursive: true, force: true });
    disownFolder(folder);
  };
  const alive = () => child !== undefined && isAlive(child);
  return { url: `http://127.0.0.1:${port}`, dataFolder, settings, token, start: begin, end, startAndKill, remove, isAlive: alive };
}

const isAlive = (child) => child.exitCode === null && child.signalCode === null;
const ended = (child) =>
  new Promise((resolve) =>
    isAlive(child)
      ? child.once('exit', (code, signal) => resolve({ code, signal }))
      : resolve({ code: child.exitCode, signal: child.signalCode }),
  );

function launch(words, settings) {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GUITU_')));
  const child = spawn(process.execPath, words, { env: { ...inherited, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  ownChild(child);
  let [said, complained] = ['', ''];
  child.stderr.on('data', (text) => (complained = `${complained}${text}`.slice(-SAID_LENGTH)));
  const ready = new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the service did not start in time. ${complained}`));
    }, START_WITHIN_MS);
    const early = (code, signal) => {
      clearTimeout(late);
      reject(new Error(`the service ended with ${code ?? signal}. ${complained}`));
    };
    child.once('exit', early);
    child.stdout.on('data', (text) => {
      said = `${said}${text}`.slice(-SAID_LENGTH);
      if (!said.includes('/v1')) return;
      clearTimeout(late);
      child.removeListener('exit', early);
      resolve();
    });
  });
  return { child, ready };
}

/** The embedded database outlives a killed service; whoever removes its folder stops it first. */
async function stopLeftDatabase(folder) {
  const { findRunningPostgres, startEmbeddedPostgres } = room('embedded-postgres');
  if (findRunningPostgres(folder) !== undefined) await (await startEmbeddedPostgres({ folder })).stop();
}
