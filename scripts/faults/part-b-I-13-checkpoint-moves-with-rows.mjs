// I-13. Every statement that a projector sends, from its first connection to the end of the log, is a point at which it is ended: by cutting its
// connection, or by kill -9; before the server sees the statement, and after it has carried it out. Then another one goes on.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { beginNaively, checkpointFirst, checkpointLast, followNaively, rowsOfNaive } from '../../test/naive/checkpoint-apart.mjs';
import { room, root } from './support/rooms.mjs';
import { freshDatabase, withClient } from './support/shared-server.mjs';
import { randomHistory } from './part-b-support/random-histories.mjs';
import { dumpOf, forgetGenerations, liveGeneration, migrateAll } from './part-b-support/read-model-tables.mjs';
import { openProxy } from './part-b-support/statement-proxy.mjs';
import { logWith, recordLine } from './part-b-support/stored-records.mjs';

export const id = 'I-13';
export const title = 'checkpoint and rows move together';
export const promise =
  'Whatever statement a projector dies at, its rows are those of its checkpoint, and whoever goes on ends with the same rows';

const { openReadModels } = room('read-models');
const { Follower } = room('history');
/** The log is taken in so many pages: one of new streams, one of known ones, and a rest. */
const pages = 3;
const goneWithinMs = 60_000;
const tellEvery = 50;

async function standsAt(client) {
  const live = await liveGeneration(client);
  if (live === undefined) return 'nothing';
  const { digest } = await dumpOf(client, live.schema);
  return `${live.position} ${digest}`;
}

async function withReadModels(url, work) {
  const readModels = await openReadModels({ url, poolSize: 3 });
  try {
    return await work(readModels);
  } finally {
    await readModels.close().catch(() => undefined);
  }
}

async function followIn(url, { log, page }, afterEach = () => undefined) {
  await withReadModels(url, async (readModels) => {
    await readModels.prepare();
    await afterEach();
    const follower = new Follower(log, readModels.projection, { limits: { page } });
    while ((await follower.step()) > 0) await afterEach();
  });
}

/** Waits until the server has noticed that whoever was connected is gone. */
async function allGone(client) {
  const others = `select count(*)::int as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
  const until = performance.now() + goneWithinMs;
  while (performance.now() < until) {
    const { rows } = await client.query(others);
    if (rows[0].count === 0) return;
    await sleep(2);
  }
  throw new Error('Connections of a projector that is gone are still there.');
}

async function cutAt({ url, log, page }, { at, when }) {
  const proxy = await openProxy({ url, at, when });
  await followIn(proxy.url, { log, page }).catch(() => undefined);
  await proxy.close();
  return proxy.state;
}

async function killAt({ url, file, page }, { at, when }) {
  let child;
  const proxy = await openProxy({ url, at, when, onCut: () => child.kill('SIGKILL') });
  const script = path.join(root, 'scripts/faults/part-b-support/follow-once.mjs');
  child = spawn(process.execPath, [script, JSON.stringify({ url: proxy.url, file, page })], { stdio: ['ignore', 'ignore', 'inherit'] });
  const signal = await new Promise((resolve) => child.once('exit', (_code, by) => resolve(by)));
  await proxy.close();
  if (proxy.state.cut && signal !== 'SIGKILL') throw new Error('The projector ended before it was killed.');
  return proxy.state;
}

/** The states that rows and checkpoint may be in, and how many statements lead from the first to the last. */
async function undisturbed(client, work) {
  await forgetGenerations(client);
  const states = new Set([await standsAt(client)]);
  const proxy = await openProxy({ url: work.url });
  await followIn(proxy.url, work, async () => states.add(await standsAt(client)));
  await proxy.close();
  return { states, end: await standsAt(client), statements: proxy.state.statements };
}

/** Ends a projector at each of the points; counts points at which rows and checkpoint stood apart, or after which the rows ended otherwise. */
async function endAt(points, client, { work, end, expected, tell }) {
  const counts = { tried: 0, torn: 0, different: 0 };
  for (const point of points) {
    await forgetGenerations(client);
    if (!(await end(work, point)).cut) throw new Error(`Statement ${point.at} was not reached.`);
    await allGone(client);
    counts.tried += 1;
    if (counts.tried % tellEvery === 0) tell(`ended ${counts.tried} of ${points.length} times`);
    if (!expected.states.has(await standsAt(client))) counts.torn += 1;
    const wentOn = await followIn(work.url, work).then(
      () => true,
      () => false,
    );
    if (!wentOn || (await standsAt(client)) !== expected.end) counts.different += 1;
    await allGone(client);
  }
  return counts;
}

const pointsOf = (statements) =>
  Array.from({ length: statements }, (_, index) => index + 1).flatMap((at) => [
    { at, when: 'before' },
    { at, when: 'after' },
  ]);

async function naiveEnds(naive, client, { url, events, page }) {
  const run = async (through) => {
    const one = new pg.Client({ connectionString: through });
    one.on('error', () => undefined);
    try {
      await one.connect();
      await followNaively(naive, one, { events, page });
    } finally {
      await one.end().catch(() => undefined);
    }
  };
  await beginNaively(client);
  const whole = await openProxy({ url });
  await run(whole.url);
  await whole.close();
  const right = await rowsOfNaive(client);
  const points = pointsOf(whole.state.statements);
  let different = 0;
  for (const point of points) {
    await beginNaively(client);
    const proxy = await openProxy({ url, ...point });
    await run(proxy.url).catch(() => undefined);
    await proxy.close();
    await allGone(client);
    await run(url);
    if ((await rowsOfNaive(client)) !== right) different += 1;
  }
  return { name: naive.name, points: points.length, different };
}

/** Some of a list, in its order; all of it when `count` is not smaller. */
const someOf = (list, count, random) => {
  const chosen = [...list];
  while (chosen.length > count) chosen.splice(random.whole(0, chosen.length - 1), 1);
  return chosen;
};

export async function run({ random, size, amount, tell }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-checkpoint-'));
  const database = await freshDatabase();
  try {
    const { records } = await randomHistory(random.fork('history'), 3);
    const lines = records.map(recordLine);
    const file = path.join(folder, 'log.json');
    writeFileSync(file, JSON.stringify(lines));
    const page = Math.ceil(lines.length / pages);
    const work = { url: database.url, file, log: await logWith(lines), page };
    await migrateAll(database.url);
    return await withClient(database.url, async (client) => {
      await client.query(`alter database ${database.name} set synchronous_commit = off`);
      const expected = await undisturbed(client, work);
      const points = pointsOf(expected.statements);
      tell(`${expected.statements} statements, ${points.length} points`);
      const cutPoints = someOf(points, amount(8, points.length), random);
      const cuts = await endAt(cutPoints, client, { work, end: cutAt, expected, tell });
      tell(`${cuts.tried} connections cut`);
      const killPoints = someOf(points, amount(2, points.length), random);
      const kills = await endAt(killPoints, client, { work, end: killAt, expected, tell });
      const naivePage = size === 'short' ? 3 : 12;
      const events = lines.slice(0, 2 * naivePage).map((line, index) => ({ stream: JSON.parse(line).stream, position: index + 1 }));
      const naive = [];
      for (const one of [checkpointFirst, checkpointLast])
        naive.push(await naiveEnds(one, client, { url: work.url, events, page: naivePage }));
      return resultOf({ points, cuts, kills, naive, expected, lines });
    });
  } finally {
    await database.drop();
    rmSync(folder, { recursive: true });
  }
}

const share = (tried, points) => `${tried} of ${points.length} (${Math.round((100 * tried) / points.length)} %)`;

function resultOf({ points, cuts, kills, naive, expected, lines }) {
  return {
    runs: cuts.tried + kills.tried,
    faults: cuts.tried + kills.tried,
    violations: cuts.torn + cuts.different + kills.torn + kills.different,
    figures: {
      events: lines.length,
      pages: pages,
      statements: expected.statements,
      'points of connections cut': share(cuts.tried, points),
      'points of kill -9': share(kills.tried, points),
      'rows and checkpoint apart': cuts.torn + kills.torn,
      'different after going on': cuts.different + kills.different,
    },
    naive: {
      what: naive.map(({ name, different, points: all }) => `${name} (${different} of ${all} points)`).join(', '),
      violations: naive.reduce((sum, { different }) => sum + different, 0),
      runs: naive.reduce((sum, { points: all }) => sum + all, 0),
    },
  };
}
