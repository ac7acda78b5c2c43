// Where the event log is measured: one PostgreSQL of its own as the service starts it, and databases in it that hold the log and a plain table.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createRequire } from 'node:module';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
export const room = (name) => require(path.join(root, `dist/libs/${name}/src/index.js`));
export const pg = require('pg');

const APP_ROLE = 'bench_app';
/** The columns, types and unique indexes of event_log.record; the position comes from a sequence, which needs no lock. */
const PLAIN_TABLE = `create table plain (
  position bigserial primary key, stream text collate "C" not null, version int not null check (version > 0), event_id uuid not null unique,
  type text collate "C" not null, schema_version int not null check (schema_version > 0), recorded_at timestamptz not null default clock_timestamp(),
  envelope bytea not null, secrets jsonb not null, unique (stream, version));
  alter table plain alter column envelope set storage external;`;
export const PLAIN_INSERT = 'insert into plain (stream, version, event_id, type, schema_version, envelope, secrets) values';

/** 1 KiB, as canonical JSON. */
export const envelopeText = (() => {
  const frame = JSON.stringify({ filler: '', schemaVersion: 1 });
  return JSON.stringify({ filler: 'x'.repeat(1_024 - frame.length), schemaVersion: 1 });
})();
export const envelope = Buffer.from(envelopeText);
export const STREAM_LENGTH = 12;
/** Fills the log as its owner may, in streams of twelve events, after the events that it holds already. */
export const PRELOAD = (events, before = 0) => `
  insert into event_log.record (position, stream, version, event_id, type, schema_version, recorded_at, envelope, secrets)
  select p, 'bench-' || (p - 1) / ${STREAM_LENGTH}, 1 + (p - 1) % ${STREAM_LENGTH}, gen_random_uuid(), 'BenchEvent', 1,
    date_trunc('milliseconds', clock_timestamp()), convert_to('${envelopeText}', 'UTF8'), '{}'
  from generate_series(${before + 1}, ${before + events}) as p`;
export const newRecord = () => ({ id: randomUUID(), type: 'BenchEvent', schemaVersion: 1, envelope, secrets: {} });

export async function openStage(folder) {
  const server = await room('embedded-postgres').startEmbeddedPostgres({ folder: path.join(folder, 'postgres') });
  const urlOf = (database, role) => {
    const url = new URL(server.superuserUrl);
    url.pathname = `/${database}`;
    if (role !== undefined) [url.username, url.password] = [role, role];
    return url.toString();
  };
  const run = async (database, ...texts) => {
    const client = new pg.Client({ connectionString: urlOf(database) });
    await client.connect();
    try {
      for (const text of texts) await client.query(text);
    } finally {
      await client.end();
    }
  };
  await run('postgres', `create role ${APP_ROLE} login password '${APP_ROLE}'`);
  /** A fresh database with an empty log and an empty plain table. */
  const openDatabase = async (name) => {
    await run('postgres', `create database ${name}`);
    await run(
      name,
      ...room('event-log').eventLogMigrations.map((migration) => migration.sql),
      PLAIN_TABLE,
      `grant guitu_log to ${APP_ROLE}`,
    );
    const drop = () => run('postgres', `drop database ${name} with (force)`);
    return { ownerUrl: urlOf(name), appUrl: urlOf(name, APP_ROLE), run: (...texts) => run(name, ...texts), drop };
  };
  return { openDatabase, run, close: () => server.stop() };
}

/** Appends one record to a stream of its own. */
export const appendTo = (log) => () => log.append(`bench-${randomUUID()}`, 0, [newRecord()]);

/** The yardstick: the driver at its best, prepared, every insert a transaction of its own. */
export function openPlainWriter(connectionString, connections) {
  const pool = new pg.Pool({ connectionString, max: connections, min: connections, idleTimeoutMillis: 0 });
  pool.on('error', () => undefined); // of a connection that nobody uses: when the bench fails, its own error is to be seen
  const insert = () => {
    const id = randomUUID();
    const values = [`bench-${id}`, id, 'BenchEvent', envelope, '{}'];
    return pool.query({ name: 'plain', text: `${PLAIN_INSERT} ($1, 1, $2, $3, 1, $4, $5)`, values });
  };
  return { insert, close: () => pool.end() };
}
