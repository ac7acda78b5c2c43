import path from 'node:path';
import { startEmbeddedPostgres } from '@guitu/embedded-postgres';
import { eventLogMigrations, openDatabase } from '@guitu/event-log';
import { personalDataMigrations } from '@guitu/personal-data';
import { migrate } from '@guitu/read-models';
import { rolePasswords, serviceRoles, type ServiceRole } from './data-folder';
import type { Settings } from './settings';

/** A migrated database and a URL for each of our roles. The URLs hold passwords: for connecting, never for printing. */
export type OpenedDatabase = Readonly<{ urlFor: (role: ServiceRole) => string; embedded: boolean; stop: () => Promise<void> }>;

/** Starts the embedded PostgreSQL, or uses the configured one; runs all migrations; gives our roles their passwords. */
export async function openMigratedDatabase(settings: Settings): Promise<OpenedDatabase> {
  const server = await serverOf(settings);
  try {
    await migrate({ url: server.url, steps: [...eventLogMigrations, ...personalDataMigrations] });
    const passwords = rolePasswords(settings.dataFolder);
    await setPasswords(server.url, (role) => passwords[role].reveal());
    const urlFor = (role: ServiceRole): string => withRole(server.url, role, passwords[role].reveal());
    return { urlFor, embedded: settings.postgresUrl === undefined, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function serverOf(settings: Settings): Promise<Readonly<{ url: string; stop: () => Promise<void> }>> {
  if (settings.postgresUrl !== undefined) return { url: settings.postgresUrl.reveal(), stop: async () => undefined };
  const server = await startEmbeddedPostgres({ folder: path.join(settings.dataFolder, 'postgres'), port: settings.postgresPort });
  return { url: server.superuserUrl, stop: () => server.stop() };
}

async function setPasswords(url: string, passwordOf: (role: ServiceRole) => string): Promise<void> {
  const database = openDatabase({ connectionString: url, poolSize: 1 });
  try {
    for (const role of serviceRoles) {
      // A password has no place for a parameter in ALTER ROLE; format() quotes it on the server.
      const [row] = await database.query<{ statement: string }>(
        "select format('alter role %I login password %L', $1::text, $2::text) as statement",
        [role, passwordOf(role)],
      );
      await database.query(row?.statement ?? '');
    }
  } finally {
    await database.close();
  }
}

function withRole(url: string, role: ServiceRole, password: string): string {
  const changed = new URL(url);
  changed.username = role;
  changed.password = password;
  return changed.toString();
}
