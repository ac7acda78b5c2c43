import { appendGroupFunction } from './append-group-function';
import { appendOneFunction } from './append-one-function';
import { importFunction } from './import-function';

export type Migration = Readonly<{ name: string; sql: string }>;

/**
 * guitu_owner owns the tables and nobody logs in with it. guitu_log is what a service's login is made a member of: it reads, and appends
 * through the one function. guitu_erasure may take secrets away. Roles belong to the whole server, so another database may have made them.
 */
const roles = ['guitu_owner', 'guitu_log', 'guitu_erasure']
  .map((role) => `do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$;`)
  .join('\n');

const schema = `
${roles}
create schema event_log authorization guitu_owner;
grant usage on schema event_log to guitu_log, guitu_erasure;
create table event_log.applied_migration (name text primary key, applied_at timestamptz not null default clock_timestamp());
alter table event_log.applied_migration owner to guitu_owner;
grant select on event_log.applied_migration to guitu_log;`;

const recordTable = `
create table event_log.record (
  position       bigint      not null primary key,
  stream         text        collate "C" not null,
  version        int         not null check (version > 0),
  event_id       uuid        not null unique,
  type           text        collate "C" not null,
  schema_version int         not null check (schema_version > 0),
  recorded_at    timestamptz not null,
  envelope       bytea       not null,
  secrets        jsonb       not null,
  unique (stream, version)
);
-- Envelopes are sealed or small: trying to compress them costs more than it saves.
alter table event_log.record alter column envelope set storage external;
alter table event_log.record owner to guitu_owner;
grant select on event_log.record to guitu_log, guitu_erasure;
grant update (secrets) on event_log.record to guitu_erasure;`;

const appendOnly = `
create function event_log.refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the event log is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create function event_log.allow_erasure_only() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_user = 'guitu_erasure' and new.secrets <@ old.secrets
     and (new.position, new.stream, new.version, new.event_id, new.type, new.schema_version, new.recorded_at, new.envelope)
       = (old.position, old.stream, old.version, old.event_id, old.type, old.schema_version, old.recorded_at, old.envelope) then
    return new;
  end if;
  raise exception 'the event log is append-only: UPDATE is refused' using errcode = 'insufficient_privilege';
end $$;
alter function event_log.refuse_change() owner to guitu_owner;
alter function event_log.allow_erasure_only() owner to guitu_owner;
create trigger no_update before update on event_log.record for each row execute function event_log.allow_erasure_only();
create trigger no_delete before delete on event_log.record for each statement execute function event_log.refuse_change();
create trigger no_truncate before truncate on event_log.record for each statement execute function event_log.refuse_change();
-- "always": also in a session that calls itself a replica.
alter table event_log.record enable always trigger no_update;
alter table event_log.record enable always trigger no_delete;
alter table event_log.record enable always trigger no_truncate;`;

const append = `
${appendGroupFunction}
revoke all on function event_log.append_group from public;
grant execute on function event_log.append_group to guitu_log;`;

const appendOne = `
${appendOneFunction}
revoke all on function event_log.append_one from public;
grant execute on function event_log.append_one to guitu_log;`;

/**
 * Run in this order, each once, each as one statement text (which PostgreSQL takes as one transaction), by a superuser or by a role that
 * may create roles and schemas. Each notes itself in event_log.applied_migration. A released one never changes.
 */
export const eventLogMigrations: readonly Migration[] = [
  noted('0001-schema', schema),
  noted('0002-record', recordTable),
  noted('0003-append-only', appendOnly),
  noted('0004-append', append),
  noted('0005-append-one', appendOne),
  noted('0006-import', importFunction),
];

function noted(name: string, sql: string): Migration {
  return { name, sql: `${sql.trim()}\ninsert into event_log.applied_migration (name) values ('${name}');` };
}
