import {
  follow,
  specHistory,
  specTables,
  stepOf,
  toTheLetter,
  upTo,
  wholeLoop,
  type SpecHistory,
  type SpecTables,
} from '../../../libs/read-models/src/for-specs';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '@guitu/event-log';
import { LeaseLost, leaseMigrations, ownerHere, sqlLeases, type Leases } from '@guitu/leases';
import type { ReadModels } from '@guitu/read-models';
import { instantInChina } from '@guitu/standards';
import { clockOf } from './clock-of';
import { ClockWatch } from './clock-watch';
import { keepTime } from './keep-time';
import { Timekeeper } from './timekeeper';

let tables: SpecTables;
let readModels: ReadModels;
let history: SpecHistory;
let timekeeper: Timekeeper;
beforeAll(async () => {
  tables = await specTables();
});
beforeEach(async () => {
  await tables.reset();
  readModels = await tables.open();
  history = await specHistory();
  timekeeper = new Timekeeper({ desk: history.desk, readModels, world: history.world });
});
afterAll(() => tables.drop());

let leasesMade = false;
async function specLeases(): Promise<Leases & { close: () => Promise<void> }> {
  const database = openDatabase({ connectionString: tables.url, poolSize: 2 });
  if (!leasesMade) for (const { sql } of leaseMigrations) await database.query(sql);
  leasesMade = true;
  return { ...sqlLeases({ database, owner: ownerHere(), seconds: 6 }), close: () => database.close() };
}

/** The case of the story up to the letter at its addressee: the receipt (D-F2) is due at the end of 26 October. */
async function letterAt(now: string): Promise<void> {
  await history.play('one', toTheLetter);
  await lookAt(now);
}
async function lookAt(now: string): Promise<void> {
  history.moveClock(now);
  await follow(readModels, history);
}
/** What was recorded about the letter's own limit; earlier limits of the history were missed or met before. */
const told = async (type: string): Promise<readonly unknown[]> =>
  (await readModels.timeline('case-one', { limit: 200 })).rows
    .filter((row) => row.type === type && (row.data as { key?: string }).key === 'D-F2')
    .map(({ data }) => data);

const dueAt = '2020-10-27T00:00:00+08:00';

describe('the timekeeper', () => {
  it('records nothing while no limit has passed or comes near', async () => {
    await letterAt('2020-10-20T00:00:00+08:00');
    expect(await timekeeper.runOnce()).toEqual({ breached: 0, reminded: 0, failed: 0 });
  });
  it('reminds of a duty before its limit, once', async () => {
    await letterAt('2020-10-26T09:00:00+08:00');
    expect(await timekeeper.runOnce()).toMatchObject({ breached: 0, reminded: 1 });
    await follow(readModels, history);
    expect(await timekeeper.runOnce()).toMatchObject({ reminded: 0 });
    expect(await told('DutyReminded')).toMatchObject([{ key: 'D-F2', dueAt }]);
  });
  it('the last moment of a limit is still in time; after it the breach is recorded', async () => {
    await letterAt(dueAt);
    expect(await timekeeper.runOnce()).toMatchObject({ breached: 0 });
    await lookAt('2020-10-27T00:00:01+08:00');
    expect(await timekeeper.runOnce()).toMatchObject({ breached: 1, reminded: 0, failed: 0 });
    await follow(readModels, history);
    expect(await told('DutyBreached')).toMatchObject([{ key: 'D-F2', dueAt, noticedAt: '2020-10-27T00:00:01+08:00' }]);
    const { rows } = await readModels.duties({ side: 'owed-by', agency: 'fengyang-station', state: 'breached' });
    expect(rows).toMatchObject([{ key: 'D-F2', status: 'open', breachedAt: '2020-10-27T00:00:01+08:00' }]);
  });
  it('a second look changes nothing, even when the read model is behind', async () => {
    await letterAt('2020-10-28T00:00:00+08:00');
    expect(await timekeeper.runOnce()).toMatchObject({ breached: 1 });
    const head = await history.log.head();
    expect(await timekeeper.runOnce()).toEqual({ breached: 0, reminded: 0, failed: 0 });
    await follow(readModels, history);
    expect(await timekeeper.runOnce()).toEqual({ breached: 0, reminded: 0, failed: 0 });
    expect(await history.log.head()).toBe(head);
  });
  it('two timekeepers at once record a breach once', async () => {
    await letterAt('2020-10-28T00:00:00+08:00');
    const other = new Timekeeper({ desk: history.desk, readModels, world: history.world });
    const looked = await Promise.all([timekeeper.runOnce(), other.runOnce()]);
    expect(looked.reduce((sum, { breached }) => sum + breached, 0)).toBe(1);
    expect(looked.map(({ failed }) => failed)).toEqual([0, 0]);
    await follow(readModels, history);
    expect(await told('DutyBreached')).toHaveLength(1);
  });
  it('a duty that was met while the read model is behind is left alone', async () => {
    await letterAt('2020-10-28T00:00:00+08:00');
    await history.give('one', { ...stepOf(wholeLoop, 'ReceiptLetter'), now: '2020-10-28T00:00:00+08:00' });
    const head = await history.log.head();
    expect(await timekeeper.runOnce()).toEqual({ breached: 0, reminded: 0, failed: 0 });
    expect(await history.log.head()).toBe(head);
  });
  it('after an extension the new limit is breached anew', async () => {
    await letterAt('2020-10-28T00:00:00+08:00');
    await timekeeper.runOnce();
    const extension = { dutyId: 'D-F2-1', dueAt: '2020-11-01T00:00:00+08:00', reason: '邮路中断' };
    await history.give('one', { by: 'taicang-station', now: '2020-10-28T09:00:00+08:00', type: 'ExtendDuty', data: extension });
    await lookAt('2020-11-02T00:00:00+08:00');
    expect(await timekeeper.runOnce()).toMatchObject({ breached: 1 });
    await follow(readModels, history);
    expect(await told('DutyBreached')).toMatchObject([{ dueAt }, { dueAt: '2020-11-01T00:00:00+08:00' }]);
  });
  it('one stream that cannot be written does not hinder the others, and is told', async () => {
    await history.play('one', toTheLetter);
    await history.play('two', toTheLetter);
    await lookAt('2020-10-28T00:00:00+08:00');
    const faults: unknown[] = [];
    const desk = Object.create(history.desk, {
      give: {
        value: (request: Parameters<typeof history.desk.give>[0]) =>
          request.streamId === 'one' ? Promise.reject(new Error('the disk is full')) : history.desk.give(request),
      },
    }) as typeof history.desk;
    const hindered = new Timekeeper({ desk, readModels, world: history.world, onFault: (error) => faults.push(error) });
    expect(await hindered.runOnce()).toMatchObject({ breached: 1, failed: 1 });
    expect(faults).toHaveLength(1);
    expect(hindered.health().fault).toContain('the disk is full');
    await timekeeper.runOnce();
    await follow(readModels, history);
    expect(await told('DutyBreached')).toHaveLength(1);
  });
  it('that has lost its lease records nothing more, from the very next command on', async () => {
    await history.play('one', toTheLetter);
    await history.play('two', toTheLetter);
    await lookAt('2020-10-28T00:00:00+08:00');
    const faults: unknown[] = [];
    let asked = 0;
    const mayAct = async (): Promise<void> => {
      asked += 1;
      if (asked > 1) throw new LeaseLost('timekeeper', 1n);
    };
    const stale = new Timekeeper({ desk: history.desk, readModels, world: history.world, mayAct, onFault: (error) => faults.push(error) });
    await expect(stale.runOnce()).rejects.toThrow(LeaseLost);
    expect([asked, faults]).toEqual([2, []]);
    await follow(readModels, history);
    expect(await told('DutyBreached').then((rows) => rows.length)).toBeLessThanOrEqual(1);
    expect((await timekeeper.runOnce()).breached).toBeGreaterThan(0);
  });
  it('keeps time under its lease: one of two looks, and the other takes over when the first stops', async () => {
    await letterAt('2020-10-28T00:00:00+08:00');
    const leases = await specLeases();
    const parts = { desk: history.desk, readModels, world: history.world, leases, clock: 'moved by hand' as const, restMs: 5 };
    const one = keepTime(parts);
    while (one.standing() !== 'held') await pause(2);
    const other = keepTime(parts);
    for (let look = 0; look < 400 && (await told('DutyBreached')).length === 0; look += 1) await follow(readModels, history);
    expect(other.standing()).toBe('waiting');
    await one.stop();
    while (other.standing() !== 'held') await pause(2);
    await other.stop();
    expect(await told('DutyBreached')).toHaveLength(1);
    await leases.close();
  });
  it('whose clock jumps ahead records nothing, tells why, and goes on when the clock is right again', async () => {
    await letterAt('2020-10-20T00:00:00+08:00');
    let steadyMs = 0;
    const clock = new ClockWatch({ now: () => history.world().now, steadyMs: () => steadyMs });
    const watchful = new Timekeeper({ desk: history.desk, readModels, world: history.world, clock });
    expect(await watchful.runOnce()).toEqual({ breached: 0, reminded: 0, failed: 0 });
    const head = await history.log.head();
    history.moveClock('2030-10-20T00:00:00+08:00');
    expect(await watchful.runOnce()).toEqual({ breached: 0, reminded: 0, failed: 0 });
    expect(watchful.health().fault).toContain('ClockInDoubt: The wall clock is 315532800 s ahead of where it should be.');
    expect(await history.log.head()).toBe(head);
    history.moveClock('2020-10-28T00:00:00+08:00');
    steadyMs += 8 * 86_400_000;
    expect(await watchful.runOnce()).toMatchObject({ breached: 1 });
    expect(watchful.health().fault).toBeNull();
  });
  it('whose clock jumps in the middle of a look records nothing from the very next command on', async () => {
    await history.play('one', toTheLetter);
    await history.play('two', toTheLetter);
    await lookAt('2020-10-28T00:00:00+08:00');
    let asked = 0;
    const mayAct = async (): Promise<void> => {
      asked += 1;
      if (asked === 2) history.moveClock('2030-10-28T00:00:00+08:00');
    };
    const clock = new ClockWatch({ now: () => history.world().now, steadyMs: () => 0 });
    const watchful = new Timekeeper({ desk: history.desk, readModels, world: history.world, clock, mayAct });
    expect((await watchful.runOnce()).breached).toBeLessThanOrEqual(1);
    expect([asked, watchful.health().fault]).toEqual([2, expect.stringContaining('ClockInDoubt')]);
  });
  it('asks the clock of the database, which agrees on one machine', async () => {
    const clock = clockOf({ now: () => instantInChina(Date.now()), readModels }, { clockHoldSeconds: 60 });
    await clock.mustAgree();
    const wrong = clockOf({ now: () => instantInChina(Date.now() + 3_600_000), readModels }, { clockHoldSeconds: 60 });
    await expect(wrong.mustAgree()).rejects.toThrow("ahead of the database's");
  });
  it('tells in the health of its process that the clock is in doubt, and keeps its lease', async () => {
    await letterAt('2020-10-20T00:00:00+08:00');
    const leases = await specLeases();
    const clock = new ClockWatch({ now: () => history.world().now, steadyMs: () => 0 });
    const keeping = keepTime({ desk: history.desk, readModels, world: history.world, leases, clock, restMs: 5 });
    while (keeping.standing() !== 'held') await pause(2);
    await clock.mustAgree();
    history.moveClock('2030-10-20T00:00:00+08:00');
    while (keeping.health().fault === null) await pause(2);
    expect([keeping.standing(), keeping.health().fault]).toEqual(['held', expect.stringContaining('ClockInDoubt')]);
    expect(await told('DutyBreached')).toEqual([]);
    await keeping.stop();
    await leases.close();
  });
  it('looks at more duties than fit on one page', async () => {
    const cases = Array.from({ length: 210 }, (_, index) => `many-${index}`);
    for (const caseId of cases) await history.play(caseId, upTo(toTheLetter, 'RecordEncounter'));
    await lookAt('2020-12-31T00:00:00+08:00');
    const { breached } = await timekeeper.runOnce();
    expect(breached).toBeGreaterThan(210);
    await follow(readModels, history, 500);
    expect(await timekeeper.runOnce()).toMatchObject({ breached: 0 });
  }, 120_000);
  it('started, looks by itself, and stops when told', async () => {
    await letterAt('2020-10-28T00:00:00+08:00');
    const running = new Timekeeper({ desk: history.desk, readModels, world: history.world, restMs: 5 });
    running.start();
    for (let look = 0; look < 400 && (await told('DutyBreached')).length === 0; look += 1) await follow(readModels, history);
    await running.stop();
    expect(await told('DutyBreached')).toHaveLength(1);
  });
});

describe('the next moment at which there is something to notice', () => {
  it('is the reminder, then the moment after the limit, then none for that duty', async () => {
    await letterAt('2020-10-20T00:00:00+08:00');
    const reminder = await timekeeper.nextNotice('2020-10-20T00:00:00+08:00');
    expect(reminder).toMatchObject({ what: 'reminder', dutyId: 'D-F2-1', stream: 'case-one' });
    const overdue = await timekeeper.nextNotice(reminder!.at);
    expect(overdue).toEqual({ at: '2020-10-27T00:00:00.001+08:00', what: 'overdue', stream: 'case-one', dutyId: 'D-F2-1' });
    expect((await timekeeper.nextNotice(overdue!.at))?.dutyId).not.toBe('D-F2-1');
  });
  it('moving the clock from one to the next notices each in its time', async () => {
    await letterAt('2020-10-20T00:00:00+08:00');
    const noticed: string[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const next = await timekeeper.nextNotice(history.world().now);
      if (next === undefined) break;
      await lookAt(next.at);
      const { breached, reminded } = await timekeeper.runOnce();
      noticed.push(`${next.what} ${next.dutyId} ${breached + reminded}`);
      await follow(readModels, history);
    }
    expect(noticed).toContain('reminder D-F2-1 1');
    expect(noticed).toContain('overdue D-F2-1 1');
    expect(noticed.every((notice) => notice.endsWith(' 1'))).toBe(true);
  });
  it('does not exist when no duty is open', async () => expect(await timekeeper.nextNotice('2020-10-20T00:00:00+08:00')).toBeUndefined());
});
