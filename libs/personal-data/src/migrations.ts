export type Migration = Readonly<{ name: string; sql: string }>;

/**
 * The tables of the key store, in their own schema, for a superuser to run once each and in order. They may lie in the log's database or in one of
 * their own: nothing here looks at another schema. `guitu_keys` may add and read and nothing else, `guitu_erasure` may change what its work needs;
 * they get their passwords elsewhere. No other role sees the schema.
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
  {
    name: 'personal-data-002-life-of-keys',
    sql: `
do $$ begin
  create role guitu_erasure nologin;
exception when duplicate_object or unique_violation then null;
end $$;

-- The person of a stream is one subject (event and pointer empty); everybody else is one each time they are named.
alter table personal_data.subject
  add column event   text not null default '',
  add column pointer text not null default '',
  drop constraint subject_pkey,
  add primary key (stream, role, event, pointer);

alter table personal_data.subject_key
  drop constraint subject_key_state_check,
  add constraint subject_key_state_check check (state in ('active', 'retired', 'destroyed')),
  add column retired_at   timestamptz,
  add column destroyed_at timestamptz,
  add check ((state = 'active') = (retired_at is null)),
  add check ((state = 'destroyed') = (destroyed_at is not null));
create index subject_key_by_kek on personal_data.subject_key (kek_id) where wrapped is not null;

-- A key never goes back in its life, and what was destroyed stays as it is: by no bug and for no owner.
create function personal_data.keep_key_life() returns trigger language plpgsql as $$
begin
  if old.state = 'destroyed' then
    raise exception 'a destroyed key stays destroyed';
  end if;
  if old.state = 'retired' and new.state = 'active' then
    raise exception 'a retired key seals nothing more';
  end if;
  return new;
end $$;
create trigger keep_key_life before update on personal_data.subject_key
  for each row execute function personal_data.keep_key_life();
alter table personal_data.subject_key enable always trigger keep_key_life;
alter function personal_data.keep_key_life() owner to guitu_owner;

grant usage on schema personal_data to guitu_erasure;
grant select on personal_data.subject, personal_data.subject_key, personal_data.service_key to guitu_erasure;
grant insert on personal_data.subject_key to guitu_erasure;
grant update (wrapped, kek_id, state, retired_at, destroyed_at) on personal_data.subject_key to guitu_erasure;
grant update (wrapped, kek_id) on personal_data.service_key to guitu_erasure;
`,
  },
  {
    name: 'personal-data-003-blind-index',
    sql: `
-- Who may be found by which value. mac: HMAC-SHA256 over kind and normalised value; without the service key 'blind-index' it tells nothing.
create table personal_data.blind_index (
  kind        text  not null check (kind in ('id-number', 'phone', 'alias')),
  mac         bytea not null check (octet_length(mac) = 32),
  subject_ref uuid  not null,
  stream      text  not null,
  primary key (kind, mac, subject_ref)
);
create index blind_index_by_subject on personal_data.blind_index (subject_ref);
alter table personal_data.blind_index owner to guitu_owner;
grant select, insert on personal_data.blind_index to guitu_keys;
grant select, delete on personal_data.blind_index to guitu_erasure;
`,
  },
  {
    name: 'personal-data-004-erasure-ledger',
    sql: `
-- How much of the erasure ledger the keys have undergone: one row. A restored backup brings its own, older one, and so it is noticed.
create table personal_data.ledger_applied (
  one     boolean primary key default true check (one),
  ledger  uuid    not null,
  entries integer not null check (entries >= 0),
  digest  text    not null check (digest ~ '^[0-9a-f]{64}$')
);
alter table personal_data.ledger_applied owner to guitu_owner;
grant select, insert on personal_data.ledger_applied to guitu_keys;
grant select, insert, update on personal_data.ledger_applied to guitu_erasure;
`,
  },
];
