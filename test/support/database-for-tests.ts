import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type ServerSettings } from '@guitu/embedded-postgres';
import { openDatabase } from '@guitu/event-log';
import { serverForTests } from './postgres-for-tests';

export type FreshDatabase = Readonly<{
  /** As the superuser, into the new database. */
  superuserUrl: string;
  drop(): Promise<void>;
}>;

/** A new, empty database for one spec file. Roles belong to the whole server: migrations make those that are missing. */
export async function freshDatabase(serverUrl = process.env[serverForTests.urlVariable]): Promise<FreshDatabase> {
  if (!serverUrl) throw new Error('No PostgreSQL runs for specs: this spec belongs to the jest project "db" (*.db.spec.ts).');
  const name = `spec_${randomBytes(8).toString('hex')}`;
  await asSuperuser(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { superuserUrl: url.toString(), drop: () => asSuperuser(serverUrl, `drop database ${name} with (force)`) };
}

/** A server beside the shared one, for specs about the server itself. */
export async function serverOfOnesOwn(settings: ServerSettings): Promise<{ superuserUrl: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'guitu-spec-'));
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), settings });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { superuserUrl: server.superuserUrl, stop };
}

async function asSuperuser(url: string, statement: string): Promise<void> {
  const database = openDatabase({ connectionString: url, poolSize: 1 });
  try {
    await database.query(statement);
  } finally {
    await database.close();
  }
}
