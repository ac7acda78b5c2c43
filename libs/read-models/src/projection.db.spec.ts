import fc from 'fast-check';
import type { Database, Query } from '@guitu/event-log';
import { Follower, recordedOf } from '@guitu/history';
import { allOf, escortedHome, playMixed, specHistory, toTheLetter, toTheStation, wholeLoop, type SpecHistory } from './histories-for-specs';
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
