import { openDatabase, type Database } from '@guitu/event-log';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database-for-tests';
import { LeaseLost, type Held } from './leases';
import { leaseMigrations } from './migrations';
import { sqlLeases } from './sql-leases';

const work = 'projector';
let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ connectionString: fresh.superuserUrl, poolSize: 8 });
  for (const { sql } of leaseMigrations) await database.query(sql);
});
beforeEach(() => database.query('truncate leases.lease'));
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const of = (owner: string, seconds = 600) => sqlLeases({ database, owner, seconds });
/** The lease runs out in this moment. */
const runOut = (): Promise<unknown> => database.query(`update leases.lease set until = clock_timestamp() - interval '1 second'`);
const taken = async (owner: string, seconds?: number): Promise<Held> => {
  const held = await of(owner, seconds).acquire(work);
  if (held === undefined) throw new Error('somebody else holds the lease');
  return held;
};
/** How many sessions wait for a lock in this database. */
const waiting = async (): Promise<number> => {
  const [row] = await database.query<{ count: bigint }>(
    `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return Number(row?.count ?? 0n);
};

describe('a lease', () => {
  it('is held by one at a time; each kind of work has its own', async () => {
    await taken('one');
    expect(await of('other').acquire(work)).toBeUndefined();
    expect(await of('one').acquire(work)).toBeUndefined();
    expect(await of('other').acquire('timekeeper')).toBeDefined();
  });

  it('goes to exactly one of many who ask at once, on the first day as after it ran out', async () => {
    for (const before of [0n, 1n]) {
      const asked = await Promise.all(Array.from({ length: 12 }, (_, index) => of(`asker-${index}`).acquire(work)));
      expect(asked.filter((held) => held !== undefined).map(({ epoch }) => epoch)).toEqual([before + 1n]);
      await runOut();
    }
  });

  it('has a greater epoch with every new holder, also when the same one comes back', async () => {
    const epochs: bigint[] = [];
    for (const owner of ['one', 'other', 'one', 'one']) {
      const held = await taken(owner);
      epochs.push(held.epoch);
      await held.release();
    }
    expect(epochs).toEqual([1n, 2n, 3n, 4n]);
  });

  it('that ran out goes to the next, and the one before can neither act, renew nor free it', async () => {
    const before = await taken('one');
    await before.check();
    await runOut();
    await expect(before.check()).rejects.toThrow(LeaseLost);
    const next = await taken('other');
    await expect(before.check()).rejects.toThrow(LeaseLost);
    expect(await before.renew()).toBe(false);
    await before.release();
    await next.check();
    expect(await of('third').acquire(work)).toBeUndefined();
  });

  it('that ran out and that nobody took is renewed', async () => {
    const held = await taken('one');
    await runOut();
    expect(await held.renew()).toBe(true);
    await held.check();
  });

  it('given back is free at once', async () => {
    const held = await taken('one');
    await held.release();
    expect((await taken('other')).epoch).toBe(held.epoch + 1n);
  });

  it('fences a transaction: who lost it writes nothing', async () => {
    const before = await taken('one');
    await runOut();
    await taken('other');
    await database.query('create table if not exists written (text text)');
    const late = database.transaction(async (query) => {
      await before.fence(query);
      await query(`insert into written values ('late')`);
    });
    await expect(late).rejects.toThrow(LeaseLost);
    expect(await database.query('select * from written')).toEqual([]);
  });

  it('inside a fenced transaction is renewed without waiting, and taken over only after the transaction', async () => {
    const held = await taken('one');
    await runOut();
    const order: string[] = [];
    let takeover: Promise<unknown> | undefined;
    await database.transaction(async (query) => {
      await held.fence(query);
      expect(await held.renew()).toBe(true);
      await runOut();
      takeover = of('other')
        .acquire(work)
        .then((next) => order.push(`taken over with epoch ${next?.epoch}`));
      while ((await waiting()) === 0);
      order.push('committing');
    });
    await takeover;
    expect(order).toEqual(['committing', 'taken over with epoch 2']);
  });

  it('renewed while somebody waits to take it over stays where it is', async () => {
    const held = await taken('one');
    await runOut();
    let takeover: Promise<unknown> | undefined;
    await database.transaction(async (query) => {
      await held.fence(query);
      takeover = of('other').acquire(work);
      while ((await waiting()) === 0);
      expect(await held.renew()).toBe(true);
    });
    expect(await takeover).toBeUndefined();
    await held.check();
  });

  it('is not kept by a holder that stands still inside its transaction: the server ends that', async () => {
    const held = await taken('one', 0.2);
    let next: Held | undefined;
    const standing = database.transaction(async (query) => {
      await held.fence(query);
      while (next === undefined) next = await of('other').acquire(work);
      await query('select 1');
    });
    await expect(standing).rejects.toThrow();
    expect(next?.epoch).toBe(2n);
  });

  it('is never deleted by those who hold leases, so that no epoch comes twice', async () => {
    await taken('one');
    for (const role of ['guitu_read', 'guitu_keys']) {
      const asRole = database.transaction(async (query) => {
        await query(`set local role ${role}`);
        expect(await query('select * from leases.lease')).toHaveLength(1);
        await query('delete from leases.lease');
      });
      await expect(asRole).rejects.toThrow('permission denied');
    }
  });
});
