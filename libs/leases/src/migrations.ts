export type Migration = Readonly<{ name: string; sql: string }>;

/**
 * One row per kind of work. `guitu_read` and `guitu_keys` may take leases and hold on to them inside their own transactions; nobody may delete one,
 * so an epoch never comes twice.
 */
export const leaseMigrations: readonly Migration[] = [
  {
    name: 'leases-0001-lease',
    sql: `
-- Roles belong to the whole server: another database, or another process at this moment, may have made them.
do $$ begin create role guitu_owner nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role guitu_read nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role guitu_keys nologin; exception when duplicate_object or unique_violation then null; end $$;
create schema leases;
revoke all on schema leases from public;
create table leases.lease (
  name  text        collate "C" not null primary key,
  epoch bigint      not null check (epoch >= 0),
  owner text        not null,
  until timestamptz not null,
  -- Makes the epoch a key: a transaction that holds on to it (for key share) lets renewals pass and makes a takeover wait.
  unique (name, epoch)
);
alter schema leases owner to guitu_owner;
alter table leases.lease owner to guitu_owner;
grant usage on schema leases to guitu_read, guitu_keys;
grant select, insert, update on leases.lease to guitu_read, guitu_keys;`,
  },
];
