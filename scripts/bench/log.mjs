// The event log against plain inserts of the same rows in the same database; rebuild and replay; lag to the read model.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const room = (name) => require(path.join(root, `dist/libs/${name}/src/index.js`));
const pg = require('pg');

const ROUND_MS = Number(process.env['BENCH_SECONDS'] ?? 4) * 500;
const REPLAY_PAGE = 1_000;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const percentile = (numbers, part) => [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];

/** Runs `work` by this many writers at once for a round; operations per second. */
async function rate(writers, work) {
  const until = performance.now() + ROUND_MS;
  const start = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (performance.now() < until) {
        await work();
        done += 1;
      }
    }),
  );
  return (done * 1_000) / (performance.now() - start);
}

export async function benchLog(rounds = 5) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-bench-'));
  const { openHouse, readSettings } = room('wiring');
  const house = await openHouse(readSettings({ GUITU_DATA_FOLDER: path.join(folder, 'data') }));
  const { startEmbeddedPostgres } = room('embedded-postgres');
  const yardstick = await startEmbeddedPostgres({ folder: path.join(folder, 'plain') });
  try {
    const envelope = Buffer.from(JSON.stringify({ v: 1, filler: 'x'.repeat(1_000) }));
    const append = () => {
      const id = randomUUID();
      return house.log.append(`bench-${id}`, 0, [{ id, type: 'BenchEvent', schemaVersion: 1, envelope, secrets: {} }]);
    };
    const pool = new pg.Pool({ connectionString: yardstick.superuserUrl, max: 16 });
    await pool.query(
      'create table plain (position bigserial primary key, stream text collate "C", version int, event_id uuid unique, type text, schema_version int, recorded_at timestamptz default clock_timestamp(), envelope bytea, secrets jsonb, unique (stream, version))',
    );
    const insert = () => {
      const id = randomUUID();
      return pool.query({
        name: 'plain',
        text: 'insert into plain (stream, version, event_id, type, schema_version, envelope, secrets) values ($1, 1, $2, $3, 1, $4, $5)',
        values: [`bench-${id}`, id, 'BenchEvent', envelope, '{}'],
      });
    };
    const figures = {};
    for (const writers of [1, 32]) {
      const mine = [];
      const plain = [];
      for (let round = 0; round <= rounds; round += 1) {
        const [a, b] = [await rate(writers, append), await rate(writers, insert)];
        if (round === 0) continue;
        mine.push(a);
        plain.push(b);
      }
      figures[`append${writers}`] = { mine: median(mine), plain: median(plain) };
    }
    await pool.end();
    return figures;
  } finally {
    await house.close();
    await yardstick.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fills a house with cases through the command desk, then measures lag, plain replay and rebuild. */
export async function benchReadModels(cases = Number(process.env['BENCH_CASES'] ?? 1_500)) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-bench-'));
  const { openHouse, readSettings } = room('wiring');
  const { commandId, openedCaseId, recordedOf } = room('history');
  const { findStreamKind } = room('rescue');
  const { agencies, encounter } = await import('./load.mjs');
  const house = await openHouse(readSettings({ GUITU_DATA_FOLDER: path.join(folder, 'data') }));
  try {
    const { createProjector } = require(path.join(root, 'dist/apps/projector/src/index.js'));
    const projector = createProjector(house);
    await projector.start();
    const give = (category, type, data, { agency, role = 'staff', streamId }) => {
      const id = commandId(agency, 'bench', randomUUID());
      const command = { type, data, at: house.now(), by: { agency, user: 'bench', client: 'bench', role } };
      const request = {
        kind: findStreamKind(category),
        streamId: streamId ?? openedCaseId(id),
        command,
        commandId: id,
        requestText: JSON.stringify(data),
      };
      return house.desk.give(request);
    };
    for (const agency of agencies) {
      const answer = await give('agency', 'RegisterAgency', agency, { agency: 'registrar', role: 'registrar', streamId: agency.agencyId });
      house.noteAgencyWrite(answer.position);
    }
    const lags = [];
    for (let n = 0; n < 400; n += 1) {
      const { position } = await give('case', 'RecordEncounter', encounter.data, { agency: 'bench-police' });
      const acknowledged = performance.now();
      await house.readModels.waitForPosition(position, 10_000);
      lags.push(performance.now() - acknowledged);
      await sleep(2);
    }
    let left = cases;
    await Promise.all(
      Array.from({ length: 32 }, async () => {
        while (left-- > 0) await give('case', 'RecordEncounter', encounter.data, { agency: 'bench-police' });
      }),
    );
    await house.readModels.waitForPosition(await house.log.head(), 120_000);
    await projector.stop();
    let events = 0;
    const replayStart = performance.now();
    for (let after = 0n; ;) {
      const page = await house.log.readAll(after, REPLAY_PAGE);
      if (page.length === 0) break;
      for (const record of page) recordedOf(record);
      events += page.length;
      after = page.at(-1).position;
    }
    const replaySeconds = (performance.now() - replayStart) / 1_000;
    const rebuildStart = performance.now();
    await house.readModels.rebuild(house.log);
    const rebuildSeconds = (performance.now() - rebuildStart) / 1_000;
    return {
      lag50: percentile(lags, 0.5),
      lag99: percentile(lags, 0.99),
      events,
      replay: events / replaySeconds,
      rebuild: events / rebuildSeconds,
    };
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
