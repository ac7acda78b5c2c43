// The event log against plain inserts of the same rows in the same database.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const room = (name) => require(path.join(root, `dist/libs/${name}/src/index.js`));
const pg = require('pg');

const ROUND_MS = Number(process.env['BENCH_SECONDS'] ?? 4) * 500;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

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
