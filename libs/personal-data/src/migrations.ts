export type Migration = Readonly<{ name: string; sql: string }>;

/**
 * The tables of the key store, in their own schema, for a superuser to run once each and in order. They may lie in the log's database or in one of
 * their own. `guitu_keys` may add and read and nothing else; it gets its password elsewhere. No other role sees the schema.
 */
export const personalDataMigrations: readonly Migration[] = [
  {
    name: 'personal-data-001-keys',
    sql: `
-- Roles belong to the whole cluster: another database of it, or another process at this moment, may have made them already.
do $$ begin
  create role guitu_owner nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  create role guitu_keys nologin;
exception when duplicate_object or unique_violation then null;
end $$;

create schema personal_data;
revoke all on schema personal_data from public;

-- Whose a subject reference is. Destroying a row cuts the last tie between the sealed values and their stream.
create table personal_data.subject (
  stream      text not null,
  role        text not null,
  subject_ref uuid not null unique,
  primary key (stream, role)
);

-- No foreign key to subject: a subject's row may go while the trace of its destroyed keys stays.
create table personal_data.subject_key (
  subject_ref uuid    not null,
  class       text    not null check (class in ('identity', 'contact', 'health', 'minor', 'narrative')),
  version     integer not null check (version > 0),
  wrapped     bytea,
  kek_id      text    not null,
  state       text    not null default 'active' check (state in ('active', 'destroyed')),
  primary key (subject_ref, class, version),
  check ((state = 'destroyed') = (wrapped is null))
);

create table personal_data.service_key (
  purpose text  primary key,
  wrapped bytea not null,
  kek_id  text  not null
);

alter schema personal_data owner to guitu_owner;
alter table personal_data.subject owner to guitu_owner;
alter table personal_data.subject_key owner to guitu_owner;
alter table personal_data.service_key owner to guitu_owner;
grant usage on schema personal_data to guitu_keys;
grant select, insert on personal_data.subject, personal_data.subject_key, personal_data.service_key to guitu_keys;
`,
  },
];
