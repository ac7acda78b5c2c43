import canonicalize from 'canonicalize';
import { eventLogMigrations, type Database } from '@guitu/event-log';
import { Follower, type FollowLimits } from '@guitu/history';
import { personalDataMigrations } from '@guitu/personal-data';
import { freshDatabase } from '../../../test/support/database-for-tests';
import { databaseOf, readDataSource } from './database';
import { generationOf, liveCheckpoint } from './generation';
import type { SpecHistory } from './histories-for-specs';
import { migrate } from './migrate';
import { openReadModels, type ReadModels } from './read-models';

/** A database in which everything has been migrated, and ways to look at it and to spoil it. */
export type SpecTables = Readonly<{
  url: string;
  open: (around?: (database: Database) => Database) => Promise<ReadModels>;
  /** All rows of the generation that is read, by table, each as canonical JSON, in the order of their keys. */
  dump: () => Promise<Readonly<Record<string, readonly string[]>>>;
  /** Plain SQL with the rights of the read models. */
  sql: Database['query'];
  /** Throws everything away: as on the first day. */
  reset: () => Promise<void>;
  drop: () => Promise<void>;
}>;

export async function specTables(): Promise<SpecTables> {
  const fresh = await freshDatabase();
  const url = fresh.superuserUrl;
  await migrate({ url, steps: [...eventLogMigrations, ...personalDataMigrations] });
  const source = readDataSource(url, 2);
  await source.initialize();
  const database = databaseOf(source);
  const opened: ReadModels[] = [];
  return {
    url,
    open: async (around) => {
      const readModels = await openReadModels({ url, poolSize: 4, ...(around === undefined ? {} : { around }) });
      opened.push(readModels);
      await readModels.prepare();
      return readModels;
    },
    dump: async () => {
      const live = await liveCheckpoint(database.query);
      const tables = [...generationOf(source, live?.generation ?? 0).tables.values()];
      const rows = tables.map(async ({ name, place, keys }) => {
        const found = await database.query<{ row: object }>(
          `select row_to_json(t) as row from ${place} t order by ${keys.map((key) => `"${key}"`).join(', ')}`,
        );
        return [name, found.map(({ row }) => canonicalize(row) ?? '')] as const;
      });
      return Object.fromEntries(await Promise.all(rows));
    },
    sql: database.query,
    reset: async () => {
      const numbers = await database.query<{ generation: number }>('select generation from read_models.projection_checkpoint');
      await database.query('delete from read_models.live_generation');
      for (const { generation } of numbers) await database.query(`drop schema if exists read_g${generation} cascade`);
      await database.query('delete from read_models.projection_checkpoint');
      await database.query('delete from read_models.followed_log');
    },
    drop: async () => {
      for (const readModels of opened) await readModels.close();
      await source.destroy();
      await fresh.drop();
    },
  };
}

/** Takes everything that the log holds, in pages of this size. */
export const follow = (
  readModels: ReadModels,
  { log }: Pick<SpecHistory, 'log'>,
  page = 50,
  limits: Partial<FollowLimits> = {},
): Promise<bigint> => new Follower(log, readModels.projection, { limits: { ...limits, page } }).catchUp();
