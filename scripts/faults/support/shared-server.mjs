// One embedded PostgreSQL for all invariants that do not harm the server itself; every one of them gets databases of its own on it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { disownFolder, ownFolder } from './leftovers.mjs';
import { room } from './rooms.mjs';

let shared;

async function openServer() {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-faults-'));
  ownFolder(folder);
  const server = await room('embedded-postgres').startEmbeddedPostgres({
    folder: path.join(folder, 'postgres'),
    settings: { max_connections: 300 },
  });
  return { server, folder };
}

/** URL of the superuser on the shared server. Holds the password: for connecting, never for printing. */
export const sharedServerUrl = async () => (await (shared ??= openServer())).server.superuserUrl;

export async function closeShared() {
  if (shared === undefined) return;
  const { server, folder } = await shared;
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  disownFolder(folder);
  shared = undefined;
}

/** Runs `work` with one connection. */
export async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let databases = 0;

/** A new database; `drop` removes it with whoever is still connected. */
export async function freshDatabase(serverUrl) {
  const server = serverUrl ?? (await sharedServerUrl());
  const name = `faults_${process.pid}_${(databases += 1)}`;
  await withClient(server, (client) => client.query(`create database ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.toString(), name, drop: () => withClient(server, (client) => client.query(`drop database ${name} with (force)`)) };
}

/** A new database with the event log set up as an installation does it, and the URL of a login that may read and append. */
export async function freshLogDatabase(serverUrl) {
  const { url, name, drop: dropDatabase } = await freshDatabase(serverUrl);
  await withClient(url, async (client) => {
    for (const { sql } of room('event-log').eventLogMigrations) await client.query(sql);
    await client.query(`create role ${name} login password '${name}'; grant guitu_log to ${name}`);
  });
  const app = new URL(url);
  app.username = name;
  app.password = name;
  const drop = async () => {
    await dropDatabase();
    const server = new URL(url);
    server.pathname = '/postgres';
    await withClient(server.toString(), (client) => client.query(`drop role ${name}`));
  };
  return { superuserUrl: url, appUrl: app.toString(), drop };
}
