import { freshDatabase, type FreshDatabase } from '../../../../test/support/database-for-tests';
import { openDatabase, type Database } from './database';
import { isoOf } from './value-types';

describe('a database', () => {
  let fresh: FreshDatabase;
  let database: Database;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase({ connectionString: fresh.superuserUrl, poolSize: 3 });
    await database.query('create table row (n int primary key)');
  });
  beforeEach(() => database.query('delete from row'));
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  const numbers = async () => (await database.query<{ n: number }>('select n from row order by n')).map((row) => row.n);

  it('gives 64-bit numbers without rounding, and days without a time zone', async () => {
    expect(
      await database.query(
        `select 9007199254740993::int8 as large, date '2020-10-23' as day, timestamp '2020-10-23 24:00:00' as local, 1.10::numeric as price`,
      ),
    ).toEqual([{ large: 9007199254740993n, day: '2020-10-23', local: '2020-10-24 00:00:00', price: '1.10' }]);
  });

  it('takes values apart from the text', async () => {
    expect(await database.query('select $1::text as text, $2::bytea as bytes', [`'; drop table row; --`, Buffer.from([0, 255])])).toEqual([
      { text: `'; drop table row; --`, bytes: Buffer.from([0, 255]) },
    ]);
  });

  it('answers several statements with the rows of the last one', async () => {
    expect(await database.query('insert into row values (1); select n from row')).toEqual([{ n: 1 }]);
  });

  it('keeps all of a transaction', async () => {
    const result = await database.transaction(async (query) => {
      await query('insert into row values ($1)', [1]);
      await query('insert into row values ($1)', [2]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await numbers()).toEqual([1, 2]);
  });

  it('keeps nothing of a transaction whose work fails, and goes on working', async () => {
    const work = database.transaction(async (query) => {
      await query('insert into row values (1)');
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    await expect(database.transaction((query) => query('insert into row values (1), (1)'))).rejects.toThrow(/duplicate key/);
    expect(await numbers()).toEqual([]);
  });

  it('survives that the server ends its connections, in a transaction and outside', async () => {
    const ended = database.transaction(async (query) => {
      await query('insert into row values (1)');
      await query('select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(ended).rejects.toThrow();
    await database.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await numbers()).toEqual([]);
  });

  it('ends a statement that takes too long', async () => {
    const hasty = openDatabase({ connectionString: fresh.superuserUrl, poolSize: 1, statementTimeoutMs: 100 });
    await expect(hasty.query('select pg_sleep(30)')).rejects.toThrow(/statement timeout/);
    await hasty.close();
  });

  it.each([
    ['2020-10-20 08:00:00+00', '2020-10-20T08:00:00.000Z'],
    ['2020-10-20 08:00:00.1+00', '2020-10-20T08:00:00.100Z'],
    ['2020-10-20 08:00:00.123+00', '2020-10-20T08:00:00.123Z'],
  ])('the time %s is %s', (text, iso) => {
    expect(isoOf(text)).toBe(iso);
  });
});
