import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// The aliases of the workspace do not apply here: jest loads this file outside of any spec.
import { startEmbeddedPostgres } from '../../libs/embedded-postgres/src';
import { serverForTests } from './postgres-for-tests';

/** One server for all specs with a database; each of them makes a database of its own on it. */
export default async function startPostgresForTests(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'guitu-specs-'));
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), settings: { max_connections: 200 } });
  serverForTests.remember({ folder, server });
  process.env[serverForTests.urlVariable] = server.superuserUrl;
}
