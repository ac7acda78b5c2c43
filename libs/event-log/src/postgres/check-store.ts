import type { ClientBase } from 'pg';
import { eventLogMigrations } from './migrations';

/** The server may forget what it has acknowledged. A log that loses acknowledged events is none. */
export class StoreNotDurable extends Error {
  override readonly name = 'StoreNotDurable';

  constructor(readonly settings: readonly string[]) {
    super(
      `PostgreSQL runs with ${settings.map((setting) => `${setting} = off`).join(', ')}: acknowledged events could be lost, so the event log does not open`,
    );
  }
}

/** The login may do more to the log than read and append. */
export class StoreNotSafe extends Error {
  override readonly name = 'StoreNotSafe';
}

export class StoreNotMigrated extends Error {
  override readonly name = 'StoreNotMigrated';

  constructor(readonly missing: readonly string[]) {
    super(`migrations of the event log have not been run: ${missing.join(', ')}`);
  }
}

const durableSettings = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/** Asked on every new connection that writes, since a setting may be given to a role or changed while the server runs. */
export async function checkDurable(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`select name from unnest($1::text[]) as name where current_setting(name) = 'off'`, [
    durableSettings,
  ]);
  if (rows.length > 0) throw new StoreNotDurable(rows.map((row) => row.name));
}

export async function checkMigrated(client: ClientBase): Promise<void> {
  const names = eventLogMigrations.map((migration) => migration.name);
  const { rows } = await client.query<{ present: boolean }>(`select to_regclass('event_log.applied_migration') is not null as present`);
  if (!rows[0]?.present) throw new StoreNotMigrated(names);
  const applied = await client.query<{ name: string }>('select name from event_log.applied_migration');
  const missing = names.filter((name) => !applied.rows.some((row) => row.name === name));
  if (missing.length > 0) throw new StoreNotMigrated(missing);
}

export async function checkSafe(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ role: string; superuser: boolean; owner: boolean; changes: boolean }>(`
    select r.rolname as role, r.rolsuper as superuser,
      pg_has_role(r.oid, 'guitu_owner', 'member') or exists (select from pg_class as c where c.relowner = r.oid)
        or exists (select from pg_namespace as n where n.nspowner = r.oid) or exists (select from pg_database as d where d.datdba = r.oid) as owner,
      has_table_privilege(r.oid, 'event_log.record', 'insert, update, delete, truncate') or has_any_column_privilege(r.oid, 'event_log.record', 'update') as changes
    from pg_roles as r where r.rolname = current_user`);
  const found = rows[0];
  if (!found) throw new StoreNotSafe('the role of the event log is unknown to its server');
  if (found.superuser)
    throw new StoreNotSafe(`the role ${found.role} is a superuser; the event log opens only for a role that may read and append`);
  if (found.owner)
    throw new StoreNotSafe(
      `the role ${found.role} owns tables, a schema or the database; the event log opens only for a role that owns nothing`,
    );
  if (found.changes) throw new StoreNotSafe(`the role ${found.role} may write to the table of the event log beside its append function`);
}
