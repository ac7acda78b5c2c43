import path from 'node:path';
import { startEmbeddedPostgres } from '@guitu/embedded-postgres';
import { erasureMigrations } from '@guitu/erasure';
import { eventLogMigrations } from '@guitu/event-log';
import { leaseMigrations } from '@guitu/leases';
import { personalDataMigrations } from '@guitu/personal-data';
import { migrate } from '@guitu/read-models';
import { checkKeysAreHere } from './check-keys-are-here';
import { openRolePasswords, rolePasswordsFile, type ServiceRole } from './role-passwords';
import { setPasswords, withRole } from './set-passwords';
import type { Settings } from './settings';

/** The roles that look at keys. */
export type KeyRole = Extract<ServiceRole, 'guitu_keys' | 'guitu_erasure'>;

/** A migrated database and a URL for each of our roles. The URLs hold passwords: for connecting, never for printing. */
export type OpenedDatabase = Readonly<{
  urlFor: (role: ServiceRole) => string;
  /** Where the keys of persons lie: the same database, or one of their own. */
  keysUrlFor: (role: KeyRole) => string;
  /** Started by this process, which alone works on it: the lock of its folder sees to that. */
  embedded: boolean;
  stop: () => Promise<void>;
}>;

/** Starts the embedded PostgreSQL, or uses the configured one; runs all migrations, one process after the other; gives our roles their passwords. */
export async function openMigratedDatabase(settings: Settings): Promise<OpenedDatabase> {
  const embedded = settings.postgresUrl === undefined;
  const server = await serverOf(settings);
  try {
    const keysUrl = settings.keyDatabaseUrl?.reveal();
    await checkKeysAreHere(server.url, keysUrl !== undefined);
    if (keysUrl === undefined) await migrateDatabase(server.url);
    else await migrateApart(server.url, keysUrl);
    const file = rolePasswordsFile(settings);
    const passwords = openRolePasswords(file);
    await setPasswords({ url: server.url, passwords, file, alone: embedded });
    if (keysUrl !== undefined) await setPasswords({ url: keysUrl, passwords, file, alone: false });
    const urlAt = (url: string) => (role: ServiceRole) => withRole(url, role, passwords[role].reveal());
    return { urlFor: urlAt(server.url), keysUrlFor: urlAt(keysUrl ?? server.url), embedded, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Brings a database to this version: the log, the keys, the custodian's notes, the leases and the read models. @returns the steps that ran */
export const migrateDatabase = (url: string): Promise<readonly string[]> =>
  migrate({ url, steps: [...eventLogMigrations, ...personalDataMigrations, ...erasureMigrations, ...leaseMigrations] });

/** The same with the keys in a database of their own. */
async function migrateApart(url: string, keysUrl: string): Promise<void> {
  await migrate({ url, steps: [...eventLogMigrations, ...leaseMigrations] });
  await migrate({ url: keysUrl, steps: [...personalDataMigrations, ...erasureMigrations], readModels: false });
}

async function serverOf(settings: Settings): Promise<Readonly<{ url: string; stop: () => Promise<void> }>> {
  if (settings.postgresUrl !== undefined) return { url: settings.postgresUrl.reveal(), stop: async () => undefined };
  const server = await startEmbeddedPostgres({ folder: path.join(settings.dataFolder, 'postgres'), port: settings.postgresPort });
  return { url: server.superuserUrl, stop: () => server.stop() };
}
