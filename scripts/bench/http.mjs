// Whole commands over HTTP against empty routes, interleaved in one run.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { agencies, encounter, initialCheck, issuer, makeIssuer, newKey, walkIn } from './load.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const CONNECTIONS = 64;
const PREPARED_CASES = 1_000;
export const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 4);

export function launch(args, environment, ready) {
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
/** A child that has ended by itself is stopped already: waiting for its end would hide the fault that ended it. */
export const stopped = (child) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => (child.once('exit', resolve), child.kill('SIGTERM')));
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

export async function shoot(url, request) {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS, requests: [request] });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url} ${request.name}: ${result.non2xx} refused, ${result.errors} errors`);
  return result.requests.total / result.duration;
}

async function post(url, { path: where, token, body }) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newKey() };
  const answer = await fetch(`${url}${where}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status !== 201) throw new Error(`${where}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** A request that is a new command every time; `paths` go round, so that callers meet in one case as seldom as in life. */
function commands(name, { paths, body, token }) {
  let next = 0;
  return {
    name,
    method: 'POST',
    body: JSON.stringify(body),
    setupRequest: (request) => ({
      ...request,
      path: paths[next++ % paths.length],
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newKey() },
    }),
  };
}

/** The loads on one service; `record` records one event on a running case, `open` begins a case. */
export async function loadsOn(url, token) {
  const station = await token('bench-station', 'staff');
  const cases = [];
  for (let left = PREPARED_CASES; left > 0; left -= CONNECTIONS) {
    const some = Array.from({ length: Math.min(left, CONNECTIONS) }, () =>
      post(url, { path: '/v1/cases/register-help-request', token: station, body: walkIn }),
    );
    cases.push(...(await Promise.all(some)).map(({ caseId }) => caseId));
  }
  const police = await token('bench-police', 'staff');
  return {
    record: commands('record', { paths: cases.map((id) => `/v1/cases/${id}/record-initial-check`), body: initialCheck, token: station }),
    open: commands('open', { paths: ['/v1/cases/record-encounter'], body: encounter, token: police }),
    read: { name: 'read', method: 'GET', path: `/v1/cases/${cases[0]}`, headers: { authorization: `Bearer ${station}` } },
  };
}

/** The same paths on a route that records nothing: any case id will do. */
async function emptyLoads(token) {
  const [station, police] = [await token('bench-station', 'staff'), await token('bench-police', 'staff')];
  // Case ids are derived ones: UUIDs of version 5.
  const paths = Array.from({ length: PREPARED_CASES }, () => `/v1/cases/${newKey().replace(/^(.{14})4/, '$15')}/record-initial-check`);
  return {
    record: commands('record', { paths, body: initialCheck, token: station }),
    open: commands('open', { paths: ['/v1/cases/record-encounter'], body: encounter, token: police }),
  };
}

/** @returns requests per second by service and load, the median of the rounds */
export async function benchHttp(rounds = 3) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-bench-'));
  const { jwksFile, token } = await makeIssuer(folder);
  const url = (port) => `http://127.0.0.1:${port}`;
  const script = (name) => path.join(root, 'scripts/bench', name);
  const children = [];
  try {
    children.push(await launch([script('empty-route.mjs'), '3901', jwksFile], {}, 'listening'));
    children.push(await launch([script('api-process.mjs'), 'edge', '3902', jwksFile, path.join(folder, 'edge')], {}, 'listening'));
    children.push(await launch([script('api-process.mjs'), 'alone', '3903', jwksFile, path.join(folder, 'alone')], {}, 'listening'));
    const whole = {
      GUITU_DATA_FOLDER: path.join(folder, 'whole'),
      GUITU_PORT: '3904',
      GUITU_JWKS_FILE: jwksFile,
      GUITU_TOKEN_ISSUER: issuer,
    };
    children.push(await launch([path.join(root, 'dist/apps/standalone/src/main.js')], whole, '/v1'));
    const registrar = await token('registrar', 'registrar');
    for (const agency of agencies)
      await post(url(3904), { path: `/v1/agencies/${agency.agencyId}/register-agency`, token: registrar, body: { data: agency } });
    const empty = await emptyLoads(token);
    const services = {
      fastify: { url: url(3901), loads: { record: empty.record, open: empty.open } },
      edge: { url: url(3902), loads: empty },
      alone: { url: url(3903), loads: await loadsOn(url(3903), token) },
      whole: { url: url(3904), loads: await loadsOn(url(3904), token) },
    };
    return await measure(services, rounds);
  } finally {
    await Promise.all(children.map(stopped));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(services, rounds) {
  const figures = {};
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [service, { url, loads }] of Object.entries(services)) {
      for (const [load, request] of Object.entries(loads)) {
        const rate = await shoot(url, request);
        if (round > 0) ((figures[service] ??= {})[load] ??= []).push(rate);
      }
    }
  }
  return Object.fromEntries(
    Object.entries(figures).map(([service, loads]) => [
      service,
      Object.fromEntries(Object.entries(loads).map(([load, rates]) => [load, median(rates)])),
    ]),
  );
}
