export type Migration = Readonly<{ name: string; sql: string }>;

/**
 * The custodian's own notes, beside the keys and in their database: how far it has followed the log, and which erasures are under way. All of it can
 * be made anew from the log, except from when on a key was retired. Runs after the migrations of the key store.
 */
export const erasureMigrations: readonly Migration[] = [
  {
    name: 'erasure-001-custodian',
    sql: `
create schema erasure;
revoke all on schema erasure from public;
create table erasure.checkpoint (
  name     text   primary key,
  position bigint not null check (position >= 0)
);
create table erasure.under_way (
  stream     text    not null,
  erasure_id text    not null,
  -- The key ranges as they stood when the keys were retired: what was sealed later has a ground of its own.
  retired    jsonb,
  index_rows integer not null default 0,
  primary key (stream, erasure_id)
);
alter schema erasure owner to guitu_owner;
alter table erasure.checkpoint owner to guitu_owner;
alter table erasure.under_way owner to guitu_owner;
grant usage on schema erasure to guitu_erasure;
grant select, insert, update, delete on erasure.checkpoint, erasure.under_way to guitu_erasure;
grant insert on personal_data.blind_index to guitu_erasure;
`,
  },
];
