// One sandbox service as a process of its own, on a data folder of its own, that says as much as it can; all it says is kept.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { disownFolder, ownChild, ownFolder } from '../faults/support/leftovers.mjs';
import { lastingPort } from '../faults/support/ports.mjs';
import { room, standaloneMain } from '../faults/support/rooms.mjs';

const START_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 60_000;

export async function startService() {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-canary-'));
  ownFolder(folder);
  const dataFolder = path.join(folder, 'data');
  const port = await lastingPort();
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GUITU_')));
  const settings = { GUITU_MODE: 'sandbox', GUITU_DATA_FOLDER: dataFolder, GUITU_PORT: String(port), GUITU_LOG_LEVEL: 'debug' };
  const child = spawn(process.execPath, [standaloneMain], { env: { ...inherited, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  ownChild(child);
  const said = { stdout: [], stderr: [] };
  for (const stream of ['stdout', 'stderr']) child[stream].on('data', (text) => said[stream].push(text));
  await ready(child, said);
  const issuer = await room('sandbox').openSandboxIssuer(dataFolder);
  const tokens = new Map();
  const tokenOf = (as) => {
    const name = JSON.stringify(as);
    if (!tokens.has(name)) tokens.set(name, issuer.token(as));
    return tokens.get(name);
  };
  return {
    folder,
    dataFolder,
    port,
    said,
    settings: { ...inherited, ...settings },
    tokenOf,
    superuserUrl: () => room('embedded-postgres').findRunningPostgres(path.join(dataFolder, 'postgres'))?.superuserUrl,
    stop: () => stopped(child),
    /** The folder stays when this process ends. */
    keep: () => disownFolder(folder),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
      disownFolder(folder);
    },
  };
}

function ready(child, said) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the service did not start in time')), START_WITHIN_MS);
    const early = (code, signal) => reject(new Error(`the service ended with ${code ?? signal}: ${Buffer.concat(said.stderr)}`));
    child.once('exit', early);
    child.stdout.on('data', function look() {
      if (!Buffer.concat(said.stdout).includes('/v1')) return;
      clearTimeout(late);
      child.off('exit', early);
      child.stdout.off('data', look);
      resolve();
    });
  });
}

function stopped(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  return new Promise((resolve) => {
    child.once('exit', () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
