import type { EventLog } from '@guitu/event-log';
import { allOf, playMixed, specHistory, toTheStation, wholeLoop, type SpecHistory } from './histories-for-specs';
import type { ReadModels } from './read-models';
import { RebuildUnderWay } from './rebuild';
import { follow, specTables, type SpecTables } from './tables-for-specs';

let tables: SpecTables;
let readModels: ReadModels;
let history: SpecHistory;
beforeAll(async () => {
  tables = await specTables();
});
beforeEach(async () => {
  await tables.reset();
  readModels = await tables.open();
  history = await specHistory();
  await playMixed(history, [allOf(wholeLoop)]);
  await follow(readModels, history);
});
afterAll(() => tables.drop());

const schemas = async (): Promise<readonly string[]> =>
  (await tables.sql<{ name: string }>(`select nspname as name from pg_namespace where nspname like 'read_g%' order by 1`)).map(
    ({ name }) => name,
  );

/** A log that does something when a rebuild first reads it. */
const meanwhile = (log: EventLog, happens: () => Promise<unknown>): EventLog => {
  let pending: Promise<unknown> | undefined;
  return {
    ...{ append: log.append.bind(log), read: log.read.bind(log), head: log.head.bind(log), close: log.close.bind(log) },
    readAll: async (after, limit) => {
      await (pending ??= happens());
      return log.readAll(after, limit);
    },
  };
};

describe('a rebuild', () => {
  it('that finds no difference takes the old generation away', async () => {
    const position = await history.log.head();
    expect(await readModels.rebuild(history.log)).toMatchObject({
      generation: 2,
      differing: 0,
      kept: null,
      position,
      events: Number(position),
    });
    expect(await schemas()).toEqual(['read_g2']);
    expect(await readModels.standing()).toEqual({ generation: 2, position });
  });
  it('tells every row that differs, reads the new ones and keeps the old ones until the next time', async () => {
    await tables.sql(`update read_g1.case_summary set owner = 'nobody'`);
    await tables.sql(`delete from read_g1.custody_span where span = 2`);
    await tables.sql(`insert into read_g1.agency_directory values ('ghost', '{}', 1)`);
    const rebuilt = await readModels.rebuild(history.log);
    expect(rebuilt).toMatchObject({ generation: 2, differing: 3, kept: 1, sameCode: true });
    expect(rebuilt.differences).toEqual([
      expect.objectContaining({ table: 'case_summary', key: ['random-0'], before: expect.stringContaining('nobody') as string }),
      expect.objectContaining({ table: 'custody_span', key: ['random-0', '2'], before: null }),
      expect.objectContaining({ table: 'agency_directory', key: ['ghost'], after: null }),
    ]);
    expect(await readModels.caseSummary('random-0')).toMatchObject({ owner: 'taicang-station' });
    expect(await schemas()).toEqual(['read_g1', 'read_g2']);
    expect(await readModels.rebuild(history.log)).toMatchObject({ generation: 3, differing: 0 });
    expect(await schemas()).toEqual(['read_g3']);
  });
  it('sees a difference that only the bytes show', async () => {
    await tables.sql(`update read_g1.stream_state set situation = (situation::text || ' ')::json where stream = 'case-random-0'`);
    expect((await readModels.rebuild(history.log)).differences.map(({ table }) => table)).toEqual(['stream_state']);
  });
  it('goes on while the log grows and the old generation follows it, and compares both at the same position', async () => {
    const grows = meanwhile(history.log, async () => {
      await history.play('new', toTheStation);
      await follow(readModels, history);
    });
    const rebuilt = await readModels.rebuild(grows, 5);
    expect(rebuilt).toMatchObject({ differing: 0, position: await history.log.head() });
    expect(await readModels.caseSummary('new')).toMatchObject({ location: 'IN_STATION' });
  });
  it('does not need the old generation to be at the head: following goes on from where it stood', async () => {
    const before = await history.log.head();
    await history.play('later', toTheStation);
    expect(await readModels.rebuild(history.log)).toMatchObject({ position: before, differing: 0 });
    expect(await readModels.caseSummary('later')).toBeUndefined();
    await follow(readModels, history);
    expect(await readModels.caseSummary('later')).toBeDefined();
  });
  it('a follower that stood in line during the switch writes into the new generation', async () => {
    await history.play('later', toTheStation);
    await Promise.all([readModels.rebuild(history.log), follow(readModels, history, 3)]);
    await follow(readModels, history);
    expect(await readModels.verify(history.log)).toMatchObject({ differing: 0, position: await history.log.head() });
  });
  it('happens once at a time', async () => {
    const other = await tables.open();
    const both = meanwhile(history.log, () => expect(other.rebuild(history.log)).rejects.toThrow(RebuildUnderWay));
    expect(await readModels.rebuild(both)).toMatchObject({ generation: 2 });
  });
  it('that fails leaves everything as it was', async () => {
    const before = await tables.dump();
    const broken = meanwhile(history.log, () => Promise.reject(new Error('the log is gone')));
    await expect(readModels.rebuild(broken)).rejects.toThrow('the log is gone');
    expect(await tables.dump()).toEqual(before);
    expect(await schemas()).toEqual(['read_g1']);
  });
  it('takes away what a crashed one has left behind', async () => {
    await tables.sql('create schema read_g2');
    await tables.sql(`insert into read_models.projection_checkpoint values ('read-models', 2, 7, 'crashed')`);
    expect(await readModels.rebuild(history.log)).toMatchObject({ generation: 3, differing: 0 });
    expect(await schemas()).toEqual(['read_g3']);
  });
  it('takes away what a verification killed at any of its statements has left; what is read stays as it was', async () => {
    const before = await tables.dump();
    let turn = 0;
    for (let alive = false; !alive;) {
      turn += 1;
      let left = Infinity;
      const dying = await tables.open((database) => ({
        ...database,
        transaction: (work) =>
          database.transaction((query) =>
            work((text, values) => {
              left -= 1;
              return left <= 0 ? Promise.reject(new Error('killed')) : query(text, values);
            }),
          ),
      }));
      left = turn;
      alive = await dying.verify(history.log).then(
        () => true,
        () => false,
      );
      await dying.close();
      expect(await tables.dump()).toEqual(before);
    }
    expect(turn).toBeGreaterThan(30);
    expect(await readModels.rebuild(history.log)).toMatchObject({ differing: 0, kept: null });
  }, 180_000);
  it('appends nothing to the log and opens no value', async () => {
    const head = await history.log.head();
    const reading: string[] = [];
    const watched = new Proxy(history.log, {
      get: (log, name: keyof EventLog) => {
        reading.push(name);
        return (log[name] as (...of: unknown[]) => unknown).bind(log);
      },
    });
    await readModels.rebuild(watched);
    expect([...new Set(reading)]).toEqual(['readAll']);
    expect(await history.log.head()).toBe(head);
  });
});

describe('a verification', () => {
  it('tells the rows that differ and changes nothing that is read', async () => {
    await tables.sql(`update read_g1.duty set late = true where duty_id = 'D-F1-1'`);
    const before = await tables.dump();
    const verified = await readModels.verify(history.log);
    expect(verified).toMatchObject({ differing: 1, differences: [{ table: 'duty', key: ['case-random-0', 'D-F1-1'] }] });
    expect(await tables.dump()).toEqual(before);
    expect(await schemas()).toEqual(['read_g1']);
  });
  it('finds nothing in rows that the log has made', async () =>
    expect(await readModels.verify(history.log, 7)).toMatchObject({
      differing: 0,
      differences: [],
      events: Number(await history.log.head()),
    }));
});
