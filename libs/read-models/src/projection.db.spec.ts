import fc from 'fast-check';
import type { Database, Query } from '@guitu/event-log';
import { Follower, recordedOf } from '@guitu/history';
import { LeaseLost, leaseMigrations, sqlLeases, type Held } from '@guitu/leases';
import { openDatabase } from '@guitu/event-log';
import { allOf, escortedHome, playMixed, specHistory, toTheLetter, toTheStation, wholeLoop, type SpecHistory } from './histories-for-specs';
import { AnotherLog } from './followed-log';
import { PageTooFarAhead } from './projection';
import { randomHistory, randomPage } from './random-histories-for-specs';
import { follow, specTables, type SpecTables } from './tables-for-specs';

let tables: SpecTables;
beforeAll(async () => {
  tables = await specTables();
});
beforeEach(() => tables.reset());
afterAll(() => tables.drop());

/** Lets each statement through until its turn comes: then the process is as good as dead. */
class Killed extends Error {}
function killedAt(turn: number, counted: { statements: number }): (database: Database) => Database {
  const dying =
    (query: Query): Query =>
    async (text, values) => {
      counted.statements += 1;
      if (counted.statements === turn) throw new Killed();
      return query(text, values);
    };
  return (database) => ({
    query: database.query,
    close: () => database.close(),
    transaction: async (work) => {
      const done = await database.transaction(async (query) => {
        const result = await work(dying(query));
        counted.statements += 1;
        if (counted.statements === turn) throw new Killed();
        return result;
      });
      counted.statements += 1;
      if (counted.statements === turn) throw new Killed();
      return done;
    },
  });
}

async function mixed(): Promise<SpecHistory> {
  const history = await specHistory();
  await playMixed(history, [allOf(wholeLoop), allOf(escortedHome, 16), { story: wholeLoop, steps: [0, 1, 2, 2, 1, 3] }]);
  return history;
}

describe('the projection', () => {
  it('rebuilt equals live, byte for byte, for random histories and page sizes', async () => {
    const readModels = await tables.open();
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomHistory, randomPage, randomPage, async (cases, page, rebuildPage) => {
        await tables.reset();
        await readModels.prepare();
        const history = await specHistory();
        await playMixed(history, cases);
        await follow(readModels, history, page);
        const live = await tables.dump();
        const rebuilt = await readModels.rebuild(history.log, rebuildPage);
        expect(rebuilt).toMatchObject({ differing: 0, differences: [], position: await history.log.head(), sameCode: true, kept: null });
        expect(await tables.dump()).toEqual(live);
        compared += Object.values(rebuilt.rows).reduce((sum, count) => sum + count, 0);
      }),
      { numRuns: 12 },
    );
    expect(compared).toBeGreaterThan(300);
  }, 180_000);

  it('takes the same page twice without a change', async () => {
    const history = await mixed();
    const readModels = await tables.open();
    await follow(readModels, history, 200);
    const once = await tables.dump();
    const records = await history.log.readAll(0n, 200);
    await readModels.projection.take(
      records.map((record) => recordedOf(record)),
      records.at(-1)!.position,
    );
    expect(await tables.dump()).toEqual(once);
  });

  it('killed at any statement of a batch and started again ends with the same rows', async () => {
    const history = await mixed();
    const undisturbed = await tables.open();
    await follow(undisturbed, history, 80);
    const expected = await tables.dump();
    const all = { statements: 0 };
    await tables.reset();
    await follow(await tables.open(killedAt(0, all)), history, 80);
    expect(all.statements).toBeGreaterThan(30);
    let killed = 0;
    for (let turn = 1; turn <= all.statements; turn += 1) {
      await tables.reset();
      const dying = await tables.open(killedAt(turn, { statements: 0 })).catch((error: unknown) => error);
      if (!(dying instanceof Killed)) await expect(follow(dying as typeof undisturbed, history, 80)).rejects.toThrow(Killed);
      killed += 1;
      await undisturbed.prepare();
      await follow(undisturbed, history, 80);
      expect(await tables.dump()).toEqual(expected);
      if (!(dying instanceof Killed)) await (dying as typeof undisturbed).close();
    }
    expect(killed).toBe(all.statements);
  }, 180_000);

  it('written by two projectors at once is the same as written by one', async () => {
    const history = await mixed();
    await follow(await tables.open(), history, 50);
    const alone = await tables.dump();
    await tables.reset();
    const [one, other] = [await tables.open(), await tables.open()];
    await Promise.all([follow(one, history, 7), follow(other, history, 11), follow(one, history, 3).catch(() => 0n)]);
    await follow(one, history);
    expect(await tables.dump()).toEqual(alone);
  });

  it('two processes that begin at once begin the same generation', async () => {
    const [one, other] = [await tables.open(), await tables.open()];
    await tables.reset();
    expect(await Promise.all([one.prepare(), other.prepare()])).toEqual([true, true]);
    expect((await one.standing()).generation).toBe(1);
  });

  it('refuses a page that does not begin where it stands', async () => {
    const history = await specHistory();
    const readModels = await tables.open();
    await follow(readModels, history);
    await readModels.projection.checkpoint();
    await tables.sql('update read_models.projection_checkpoint set position = 0');
    await expect(readModels.projection.take([], 99n)).rejects.toThrow(PageTooFarAhead);
  });

  it('stops before an event type that it does not know, with the reason in its health, and takes nothing of that page', async () => {
    const history = await specHistory();
    const readModels = await tables.open();
    await follow(readModels, history);
    const before = await history.log.head();
    await history.play('known', toTheStation);
    const last = (await history.log.readAll((await history.log.head()) - 1n, 1)).at(0)!;
    const type = 'PersonFlewToTheMoon';
    const envelope = { ...(JSON.parse(Buffer.from(last.envelope).toString('utf8')) as object), type };
    const future = {
      id: '00000000-0000-4000-8000-000000000001',
      type,
      schemaVersion: 1,
      secrets: {},
      envelope: Buffer.from(JSON.stringify(envelope)),
    };
    await history.log.append(last.stream, last.version, [future]);
    const follower = new Follower(history.log, readModels.projection, { limits: { errorRestMs: 5 } });
    follower.start();
    while (follower.health().fault === null) await new Promise((resolve) => setTimeout(resolve, 5));
    await follower.stop();
    expect(follower.health()).toMatchObject({ position: before, fault: expect.stringContaining('PersonFlewToTheMoon') as string });
    expect((await readModels.standing()).position).toBe(before);
    expect(await readModels.caseSummary('known')).toBeUndefined();
  });

  it('stands still instead of adding to rows that other code has made', async () => {
    const history = await specHistory();
    const readModels = await tables.open();
    await history.play('one', toTheLetter);
    await tables.sql(`update read_models.projection_checkpoint set code_digest = 'of yesterday'`);
    await expect(follow(readModels, history)).rejects.toThrow('made by another version');
    expect(await readModels.prepare()).toBe(false);
    expect(await readModels.rebuild(history.log)).toMatchObject({ sameCode: false, differing: 0, kept: 1, generation: 2 });
    await follow(readModels, history);
    expect(await readModels.caseSummary('one')).toMatchObject({ owner: 'taicang-station' });
  });
});

describe('the projection behind a fence', () => {
  let database: Database;
  beforeAll(async () => {
    database = openDatabase({ connectionString: tables.url, poolSize: 3 });
    for (const { sql } of leaseMigrations) await database.query(sql);
  });
  beforeEach(() => database.query('truncate leases.lease'));
  afterAll(() => database.close());

  const taken = async (owner: string): Promise<Held> => {
    await database.query(`update leases.lease set until = '-infinity'`);
    const held = await sqlLeases({ database, owner, seconds: 600 }).acquire('projector');
    if (held === undefined) throw new Error('somebody else holds the lease');
    return held;
  };

  it('takes nothing of a page for a holder whose lease somebody else has', async () => {
    const history = await mixed();
    const readModels = await tables.open();
    const before = await taken('one');
    const stale = new Follower(history.log, readModels.projection.under(before.fence), { limits: { page: 20 } });
    await stale.step();
    const rows = await tables.dump();
    await taken('other');
    await expect(stale.step()).rejects.toThrow(LeaseLost);
    expect(await tables.dump()).toEqual(rows);
    expect((await readModels.standing()).position).toBe(stale.health().position);
  });

  it('taken over between any two statements of a page: the page is whole or not there, and the rows are those of one projector', async () => {
    const history = await mixed();
    await follow(await tables.open(), history, 80);
    const expected = await tables.dump();
    let lost = 0;
    for (const turn of [1, 2, 3, 5, 8, 13, 21]) {
      await tables.reset();
      await database.query('truncate leases.lease');
      const before = await taken('one');
      let statements = -Infinity;
      let takeover: Promise<Held> | undefined;
      const interrupted = await tables.open((around) => ({
        ...around,
        transaction: (work) =>
          around.transaction((query) =>
            work(async (text, values) => {
              statements += 1;
              if (statements === turn) takeover = taken('other');
              return query(text, values);
            }),
          ),
      }));
      statements = 0;
      const stale = new Follower(history.log, interrupted.projection.under(before.fence), { limits: { page: 12 } });
      const end = await stale.catchUp().catch((error: unknown) => error);
      if (end instanceof LeaseLost) lost += 1;
      const next = await takeover;
      const position = (await interrupted.standing()).position;
      await expect(interrupted.projection.under(before.fence).take([], position + 1n)).rejects.toThrow(LeaseLost);
      await new Follower(history.log, interrupted.projection.under(next!.fence)).catchUp();
      expect(await tables.dump()).toEqual(expected);
    }
    expect(lost).toBeGreaterThan(0);
  }, 120_000);
});

describe('the read models of one log', () => {
  const postgres = (firstEvent: string | null) => ({ engine: 'postgres', firstEvent });
  const firstOf = async ({ log }: SpecHistory): Promise<string> => (await log.readAll(0n, 1))[0]!.id;

  it('follow no other log, neither of another engine nor of another beginning nor an empty one', async () => {
    const history = await mixed();
    const readModels = await tables.open();
    await readModels.mustFollow(postgres(await firstOf(history)));
    await follow(readModels, history);
    await readModels.mustFollow(postgres(await firstOf(history)));
    const others = [
      postgres(null),
      postgres('00000000-0000-4000-8000-00000000000f'),
      { engine: 'eventstoredb', firstEvent: await firstOf(history) },
    ];
    for (const other of others) await expect(readModels.mustFollow(other)).rejects.toThrow(AnotherLog);
  });

  it('remember the beginning of a log that was empty when they first saw it', async () => {
    const history = await specHistory({ withAgencies: false });
    const readModels = await tables.open();
    await readModels.mustFollow(postgres(null));
    const agency = { agencyId: 'taicang-police', kind: 'POLICE', division: '320585', name: '太仓市公安局', effectiveFrom: '2000-01-01' };
    await history.giveAgency('taicang-police', 'RegisterAgency', agency);
    await follow(readModels, history, 1);
    await readModels.mustFollow(postgres(await firstOf(history)));
    await expect(readModels.mustFollow(postgres('00000000-0000-4000-8000-00000000000f'))).rejects.toThrow(AnotherLog);
  });

  it('made before this was noted belong to PostgreSQL', async () => {
    const history = await mixed();
    const readModels = await tables.open();
    await follow(readModels, history);
    await tables.sql('delete from read_models.followed_log');
    const here = await firstOf(history);
    await expect(readModels.mustFollow({ engine: 'eventstoredb', firstEvent: here })).rejects.toThrow(AnotherLog);
    await readModels.mustFollow(postgres(here));
  });

  it('thrown away, follow any log, from its beginning', async () => {
    const history = await mixed();
    const readModels = await tables.open();
    await follow(readModels, history);
    const rows = await tables.dump();
    await readModels.forget();
    await readModels.mustFollow({ engine: 'eventstoredb', firstEvent: await firstOf(history) });
    await readModels.prepare();
    expect((await readModels.standing()).position).toBe(0n);
    await follow(readModels, history);
    expect(await tables.dump()).toEqual(rows);
  });
});
