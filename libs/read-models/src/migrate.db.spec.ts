import { DataSource } from 'typeorm';
import { eventLogMigrations } from '@guitu/event-log';
import { personalDataMigrations } from '@guitu/personal-data';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database-for-tests';
import { ForeignMigration, migrate } from './migrate';
import { readModelMigrations } from './migrations';
import { openReadModels } from './read-models';

const steps = [...eventLogMigrations, ...personalDataMigrations];
let fresh: FreshDatabase;
let url: string;
beforeEach(async () => {
  fresh = await freshDatabase();
  url = fresh.superuserUrl;
});
afterEach(() => fresh.drop());

/** One statement as the superuser. */
async function asked(sql: string): Promise<readonly Record<string, unknown>[]> {
  const source = new DataSource({ type: 'postgres', url });
  await source.initialize();
  try {
    return (await source.query(sql)) as readonly Record<string, unknown>[];
  } finally {
    await source.destroy();
  }
}
const noted = async (): Promise<number> => (await asked('select name from guitu_migrations')).length;

describe('the migrations', () => {
  it('run the steps of the other rooms in their order and then those of the read models, each once, noted in one table', async () => {
    const names = [...steps, ...readModelMigrations].map(({ name }) => name);
    expect(await migrate({ url, steps })).toEqual(names);
    expect(await migrate({ url, steps })).toEqual([]);
    expect(await noted()).toBe(names.length);
  });
  it('run once when two processes begin at the same time', async () => {
    const ran = await Promise.all([migrate({ url, steps }), migrate({ url, steps })]);
    expect(ran.map((names) => names.length).sort()).toEqual([0, steps.length + readModelMigrations.length]);
  });
  it('refuse a step that was changed after it had run', async () => {
    await migrate({ url, steps });
    const [first, ...rest] = steps;
    const changed = [{ name: first!.name, sql: `${first!.sql} ` }, ...rest];
    await expect(migrate({ url, steps: changed })).rejects.toThrow(ForeignMigration);
    await expect(migrate({ url, steps: changed })).rejects.toMatchObject({ step: first!.name });
  });
  it('refuse a database that has been through a step which is missing here, and run nothing', async () => {
    await migrate({ url, steps: [...steps, { name: 'of-the-future', sql: 'create table future ()' }] });
    const next = [...steps, { name: 'another', sql: 'create table another ()' }];
    await expect(migrate({ url, steps: next })).rejects.toMatchObject({ name: 'ForeignMigration', step: 'of-the-future' });
    expect(await asked(`select to_regclass('another') as found`)).toEqual([{ found: null }]);
  });
  it('run a step that a room has added since', async () => {
    await migrate({ url, steps });
    expect(await migrate({ url, steps: [...steps, { name: 'later', sql: 'create table later ()' }] })).toEqual(['later']);
  });
  it('leave nothing of a step that fails, and go on from there the next time', async () => {
    const broken = { name: 'halves', sql: 'create table half (); select 1 / 0' };
    await expect(migrate({ url, steps: [broken] })).rejects.toThrow('division by zero');
    expect(await asked(`select to_regclass('half') as found`)).toEqual([{ found: null }]);
    expect(await migrate({ url, steps: [{ ...broken, sql: 'create table half ()' }] })).toEqual([
      'halves',
      'read-models-0001-checkpoints',
      'read-models-0002-followed-log',
    ]);
  });
  it('refuse two steps of the same name', () => expect(migrate({ url, steps: [steps[0]!, steps[0]!] })).rejects.toThrow('the same name'));
});

describe('the role of the read models', () => {
  it('owns everything that they make, and may not touch the log or the keys', async () => {
    await migrate({ url, steps });
    const readModels = await openReadModels({ url, poolSize: 1 });
    await readModels.prepare();
    const owners = `select distinct tableowner from pg_tables where schemaname in ('read_models', 'read_g1')`;
    expect(await asked(owners)).toEqual([{ tableowner: 'guitu_read' }]);
    const may = `select has_schema_privilege('guitu_read', 'event_log', 'usage') as log, has_schema_privilege('guitu_read', 'personal_data', 'usage') as keys`;
    expect(await asked(may)).toEqual([{ log: false, keys: false }]);
    await readModels.close();
  });
  it('compares text byte by byte in every column, and has no defaults and no floats', async () => {
    await migrate({ url, steps });
    const readModels = await openReadModels({ url, poolSize: 1 });
    await readModels.prepare();
    const columns = await asked(`select table_name, column_name, data_type, collation_name, column_default
      from information_schema.columns where table_schema = 'read_g1'`);
    expect(columns.length).toBeGreaterThan(80);
    expect(columns.filter(({ data_type, collation_name }) => data_type === 'text' && collation_name !== 'C')).toEqual([]);
    expect(
      columns.filter(({ column_default, data_type }) => column_default !== null || /real|double|numeric|timestamp/.test(String(data_type))),
    ).toEqual([]);
    await readModels.close();
  });
});
