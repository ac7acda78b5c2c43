// Whole commands over HTTP against the empty route, and reads of one case, interleaved in one run.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { agencies, encounter, issuer, makeIssuer, newKey } from './load.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const CONNECTIONS = 64;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 4);

function launch(args, environment, ready) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
    child.stdout.on('data', (text) => {
      if (!String(text).includes(ready)) return;
      child.removeAllListeners('exit');
      resolve(child);
    });
  });
}
const stopped = (child) => new Promise((resolve) => (child.once('exit', resolve), child.kill('SIGTERM')));

async function shoot(url, request) {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS, requests: [request] });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${request.path}: ${result.non2xx} refused, ${result.errors} errors`);
  return result.requests.total / result.duration;
}
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** @returns requests per second: of the empty route, of whole commands, of reads; the median of the rounds */
export async function benchHttp(rounds = 3) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-bench-'));
  const { jwksFile, token } = await makeIssuer(folder);
  const [emptyPort, port] = [3901, 3902];
  const empty = await launch([path.join(root, 'scripts/bench/empty-route.mjs'), String(emptyPort), jwksFile], {}, 'listening');
  const guitu = await launch(
    [path.join(root, 'dist/apps/standalone/src/main.js')],
    { GUITU_DATA_FOLDER: path.join(folder, 'data'), GUITU_PORT: String(port), GUITU_JWKS_FILE: jwksFile, GUITU_TOKEN_ISSUER: issuer },
    '/v1',
  );
  try {
    const url = `http://127.0.0.1:${port}`;
    const registrar = await token('registrar', 'registrar');
    for (const agency of agencies) {
      const answer = await fetch(`${url}/v1/agencies/${agency.agencyId}/register-agency`, {
        method: 'POST',
        headers: { authorization: `Bearer ${registrar}`, 'content-type': 'application/json', 'idempotency-key': newKey() },
        body: JSON.stringify({ data: agency }),
      });
      if (answer.status !== 201) throw new Error(`agency: ${answer.status} ${await answer.text()}`);
    }
    const police = await token('bench-police', 'staff');
    const command = {
      method: 'POST',
      path: '/v1/cases/record-encounter',
      body: JSON.stringify(encounter),
      setupRequest: (request) => ({
        ...request,
        headers: { authorization: `Bearer ${police}`, 'content-type': 'application/json', 'idempotency-key': newKey() },
      }),
    };
    const one = await fetch(`${url}/v1/cases/record-encounter`, {
      method: 'POST',
      headers: command.setupRequest({}).headers,
      body: command.body,
    });
    if (one.status !== 201) throw new Error(`encounter: ${one.status} ${await one.text()}`);
    const { caseId } = await one.json();
    const read = { method: 'GET', path: `/v1/cases/${caseId}`, headers: { authorization: `Bearer ${police}` } };
    const figures = { empty: [], command: [], read: [] };
    for (let round = 0; round <= rounds; round += 1) {
      const now = {
        empty: await shoot(`http://127.0.0.1:${emptyPort}`, command),
        command: await shoot(url, command),
        read: await shoot(url, read),
      };
      // The first round warms up and is not counted.
      if (round > 0) for (const [name, value] of Object.entries(now)) figures[name].push(value);
    }
    return { empty: median(figures.empty), command: median(figures.command), read: median(figures.read) };
  } finally {
    await Promise.all([stopped(empty), stopped(guitu)]);
    rmSync(folder, { recursive: true, force: true });
  }
}
