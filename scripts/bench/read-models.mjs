// Rebuild against a plain replay of the same events; the lag from an acknowledged append to its row when the projector is another process.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { mixedCases, playedStories, seeded } from './case-histories.mjs';
import { fillLog } from './fill-log.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const room = (name) => require(path.join(root, `dist/libs/${name}/src/index.js`));

const REPLAY_PAGE = 1_000;
const TICK_MS = 10;
const LOOK_EVERY_MS = 1;
const MEGABYTE = 1_048_576;
const percentile = (numbers, part) => [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
const memoryNow = () => Math.round(process.memoryUsage().rss / MEGABYTE);

export const readModelDefaults = { events: 1_000_000, lagSeconds: 20, rate: 1_000 };

/** Fills a log with case histories by COPY, then measures replay, rebuild, replay again, and the lag under appends of this many events a second. */
export async function benchReadModels({ events = 1_000_000, lagSeconds = 20, rate = 1_000 } = readModelDefaults) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-bench-'));
  const { openHouse, readSettings } = room('wiring');
  const house = await openHouse(readSettings({ GUITU_DATA_FOLDER: path.join(folder, 'data') }));
  try {
    const url = room('embedded-postgres').findRunningPostgres(path.join(folder, 'data/postgres')).superuserUrl;
    const { agencies, cases } = await playedStories();
    const records = [...agencies];
    await fillLog(url, chained(records, mixedCases(cases, events - records.length)));
    const rows = await rebuilds(house, url);
    const lag = await lagOf(house, { url, cases, lagSeconds, rate });
    return { events, ...rows, ...lag };
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function* chained(...lists) {
  for (const list of lists) yield* list;
}

/** Replays and rebuilds in turn. The second rebuild counts: only it has rows to be compared with. */
async function rebuilds({ log, readModels }, url) {
  await readModels.prepare();
  await pretendFollowed(url, await log.head());
  await readModels.rebuild(log);
  const before = await replay(log);
  const memory = [];
  const start = performance.now();
  const watch = setInterval(() => memory.push(memoryNow()), 250);
  const { differing, events } = await readModels.rebuild(log);
  clearInterval(watch);
  const rebuild = (events * 1_000) / (performance.now() - start);
  if (differing > 0) throw new Error(`${differing} rows differ between two rebuilds of the same log.`);
  const after = await replay(log);
  return { replay: (before + after) / 2, rebuild, memoryEarly: memory[Math.floor(memory.length / 10)], memoryMost: Math.max(...memory) };
}

/** A rebuild goes as far as the rows before it had come; here there are none yet. */
async function pretendFollowed(url, head) {
  const client = new (require('pg').Client)({ connectionString: url });
  await client.connect();
  await client.query(`update read_models.projection_checkpoint set position = $1, code_digest = 'none'`, [head.toString()]);
  await client.end();
}

async function replay(log) {
  const { recordedOf } = room('history');
  const start = performance.now();
  let events = 0;
  for (let after = 0n; ;) {
    const page = await log.readAll(after, REPLAY_PAGE);
    if (page.length === 0) return (events * 1_000) / (performance.now() - start);
    for (const record of page) recordedOf(record);
    events += page.length;
    after = page.at(-1).position;
  }
}

/** A login with the rights of a service on the log: it opens for nobody who may do more. */
async function followerLogin(url) {
  const login = new URL(url);
  [login.username, login.password] = ['bench_follower', randomUUID()];
  const client = new (require('pg').Client)({ connectionString: url });
  await client.connect();
  await client.query(`create role ${login.username} login password '${login.password}' in role guitu_log`);
  await client.end();
  return login.toString();
}

/** Appends cases at a steady rate while another process follows; how long each acknowledged event waits for its rows. */
async function lagOf(house, { url, cases, lagSeconds, rate }) {
  const database = { log: await followerLogin(url), rows: url };
  const child = fork(path.join(import.meta.dirname, 'projector-process.mjs'), {
    env: { ...process.env, BENCH_DATABASE: JSON.stringify(database) },
  });
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The projector ended with ${code}.`)));
  });
  const waiting = [];
  const lags = [];
  let over = false;
  const looking = (async () => {
    while (!over || waiting.length > 0) {
      const { position } = await house.readModels.standing();
      const now = performance.now();
      while (waiting.length > 0 && waiting[0].position <= position) lags.push(now - waiting.shift().acknowledged);
      await sleep(LOOK_EVERY_MS);
    }
  })();
  const appended = await appendSteadily(house.log, { cases, lagSeconds, rate }, (position) => {
    waiting.push({ position, acknowledged: performance.now() });
  });
  over = true;
  await looking;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.send('stop');
  await ended;
  return { lag50: percentile(lags, 0.5), lag99: percentile(lags, 0.99), appended };
}

async function appendSteadily(log, { cases, lagSeconds, rate }, acknowledged) {
  const records = mixedCases(cases, rate * lagSeconds, seeded(2));
  const last = new Map();
  const start = performance.now();
  let given = 0;
  while (given < rate * lagSeconds) {
    const due = Math.min(rate * lagSeconds, Math.floor(((performance.now() - start) * rate) / 1_000));
    for (; given < due; given += 1) {
      const { stream, version, id, type, schemaVersion, envelope, secrets } = records.next().value;
      const append = async () =>
        acknowledged((await log.append(stream, version - 1, [{ id, type, schemaVersion, envelope, secrets }])).position);
      last.set(stream, (last.get(stream) ?? Promise.resolve()).then(append));
    }
    await sleep(TICK_MS);
  }
  await Promise.all(last.values());
  return (given * 1_000) / (performance.now() - start);
}
