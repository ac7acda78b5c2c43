import type { MigrationStep } from './migrate';

/**
 * What the read models need before their first row. The tables themselves belong to generations, which `guitu_read` makes and throws away;
 * only the checkpoints outlive them.
 */
export const readModelMigrations: readonly MigrationStep[] = [
  {
    name: 'read-models-0001-checkpoints',
    sql: `
-- Roles belong to the whole server: another database, or another process at this moment, may have made it.
do $$ begin create role guitu_read nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin execute format('grant create on database %I to guitu_read', current_database()); end $$;
create schema read_models authorization guitu_read;
revoke all on schema read_models from public;
create table read_models.projection_checkpoint (
  name        text   collate "C" not null,
  generation  int    not null check (generation > 0),
  position    bigint not null check (position >= 0),
  code_digest text   collate "C" not null,
  primary key (name, generation)
);
create table read_models.live_generation (
  name        text   collate "C" not null primary key,
  generation  int    not null,
  foreign key (name, generation) references read_models.projection_checkpoint (name, generation)
);
alter table read_models.projection_checkpoint owner to guitu_read;
alter table read_models.live_generation owner to guitu_read;`,
  },
  {
    name: 'read-models-0002-followed-log',
    sql: `
-- Which log the checkpoints are positions of; no first event as long as nothing of it was followed.
create table read_models.followed_log (
  name        text collate "C" not null primary key,
  engine      text collate "C" not null,
  first_event uuid
);
alter table read_models.followed_log owner to guitu_read;`,
  },
];
