import { randomBytes } from 'node:crypto';
import { eventLogMigrations, openDatabase, type Database } from '@guitu/event-log';
import { freshDatabase } from './database-for-tests';

export type LogDatabase = Readonly<{
  superuser: Database;
  superuserUrl: string;
  /** The login of a service: a member of guitu_log and nothing more. */
  appUrl: string;
  appRole: string;
  /** Another login with the rights of these roles. */
  loginWith(roles: readonly string[]): Promise<string>;
  drop(): Promise<void>;
}>;

/** A database of its own in which the event log has been set up the way an installation does it. */
export async function logDatabase(serverUrl?: string): Promise<LogDatabase> {
  const fresh = await freshDatabase(serverUrl);
  const superuser = openDatabase({ connectionString: fresh.superuserUrl, poolSize: 2 });
  for (const migration of eventLogMigrations) await superuser.query(migration.sql);
  const made: string[] = [];
  const loginWith = async (roles: readonly string[]): Promise<string> => {
    const name = `login_${randomBytes(6).toString('hex')}`;
    await superuser.query(`create role ${name} login password '${name}'; ${roles.map((role) => `grant ${role} to ${name};`).join(' ')}`);
    made.push(name);
    const url = new URL(fresh.superuserUrl);
    url.username = name;
    url.password = name;
    return url.toString();
  };
  const appUrl = await loginWith(['guitu_log']);
  const drop = async (): Promise<void> => {
    for (const name of made) await superuser.query(`drop owned by ${name} cascade; drop role ${name}`);
    await superuser.close();
    await fresh.drop();
  };
  return { superuser, superuserUrl: fresh.superuserUrl, appUrl, appRole: made[0]!, loginWith, drop };
}
