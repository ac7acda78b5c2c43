import { BACKFILL_AFTER_MS, CLOCK_SKEW_MS, commandKindsOf, decide, decideAndEvolve, findCommandKind } from './decide';
import { evolve, nothing } from './situation';
import { directory } from './testing/agencies';
import { given, type Asked } from './testing/given';
import { loanStream } from './testing/loan-stream';

const now = '2020-10-12T09:00:00+08:00';
const lend: Asked = { by: 'taicang-station', now, type: 'Lend', data: { to: 'fengyang-station' } };
const lent = given(loanStream).and(lend);
const giveBack: Asked = { by: 'fengyang-station', now, type: 'GiveBack', data: { whole: true } };

describe('when something is said to have happened', () => {
  it('a clock that is five minutes ahead is forgiven', () => {
    expect(CLOCK_SKEW_MS).toBe(300_000);
    expect(given(loanStream).when({ ...lend, at: '2020-10-12T09:05:00+08:00' }).events).toHaveLength(1);
  });
  it('the future is refused', () => expect(given(loanStream).refusal({ ...lend, at: '2020-10-12T09:05:01+08:00' })).toBe('TIM-FUTURE'));
  it('up to a day late needs no reason', () => {
    expect(BACKFILL_AFTER_MS).toBe(86_400_000);
    expect(given(loanStream).when({ ...lend, at: '2020-10-11T09:00:00+08:00' }).events).toHaveLength(1);
  });
  it('later than a day it says why', () => {
    const late = { ...lend, at: '2020-10-11T08:59:59+08:00' };
    expect(given(loanStream).refusal(late)).toBe('TIM-BACKFILL-NO-REASON');
    expect(given(loanStream).refusal({ ...late, backfillReason: '   ' })).toBe('TIM-BACKFILL-NO-REASON');
    expect(given(loanStream).when({ ...late, backfillReason: '系统停机' }).events).toHaveLength(1);
  });
  it('nothing happened before 1949', () =>
    expect(given(loanStream).refusal({ ...lend, at: '1949-09-30T23:59:59+08:00', backfillReason: '补录' })).toBe('implausible-time'));
});

describe('who gives a command', () => {
  it('an agency of a kind that may', () => expect(given(loanStream).refusal({ ...lend, by: 'taicang-police' })).toBe('ACT-WRONG-KIND'));
  it('an agency of the directory', () => expect(given(loanStream).refusal({ ...lend, by: 'nobody' })).toBe('agency-unknown'));
  it('an agency that still works', () => {
    const station = directory.get('taicang-station');
    if (station === undefined) throw new Error('the directory of the stories has it');
    const closed = new Map([...directory, [station.id, { ...station, closedFrom: '2020-10-12' }]]);
    expect(given(loanStream).with(closed).refusal(lend)).toBe('agency-unknown');
  });
  it('its staff: neither auditor nor system acts for an agency', () => {
    expect(given(loanStream).refusal({ ...lend, role: 'auditor' })).toBe('ACT-WRONG-KIND');
    expect(given(loanStream).refusal({ ...lend, role: 'system' })).toBe('ACT-WRONG-KIND');
  });
  it('what is for a role is not for an agency’s staff', () => {
    const count: Asked = { by: 'taicang-station', now, type: 'Count', data: {} };
    expect(lent.refusal(count)).toBe('ACT-WRONG-KIND');
    expect(lent.when({ ...count, by: 'guitu', role: 'system' }).events).toEqual([]);
  });
});

describe('how a stream begins', () => {
  it('with a command that opens it', () => expect(given(loanStream).refusal(giveBack)).toBe('ACT-NOT-OPEN'));
  it('once', () => expect(lent.refusal(lend)).toBe('ACT-ALREADY-OPEN'));
  it('with one that may stand first or later', () =>
    expect(given(loanStream).when({ by: 'guitu', role: 'system', now, type: 'Count', data: {} }).events).toEqual([]));
});

describe('what a command makes happen', () => {
  it('a command that the stream does not know is refused', () =>
    expect(lent.refusal({ ...giveBack, type: 'Sell', data: {} })).toBe('illegal-transition'));
  it('a name that every object has is no command', () => {
    expect(findCommandKind(loanStream as never, 'toString')).toBeUndefined();
    expect(lent.refusal({ ...giveBack, type: 'constructor', data: {} })).toBe('illegal-transition');
  });
  it('the guard of the stream speaks before the rule', () =>
    expect(lent.and(giveBack).refusal({ ...giveBack, type: 'ReportLoss', data: { reason: '' } })).toBe('CASE-ARCHIVED'));
  it('nothing, when it is so already', () => expect(lent.and(giveBack).when(giveBack)).toMatchObject({ events: [], duties: [] }));
  it('each event is followed by what it does to duties, and all get their ids in order', () => {
    const decided = decide(
      loanStream as never,
      nothing<unknown>(loanStream.initial),
      { type: 'Lend', data: lend.data, at: now, by: { agency: 'taicang-station', user: 'u', client: 'c', role: 'staff' } },
      { world: { now, directory }, eventId: (index) => `id-${index}` },
    );
    expect(decided.map(({ type, meta }) => [type, meta.id, meta.by])).toEqual([
      ['Lent', 'id-0', 'taicang-station'],
      ['DutyOpened', 'id-1', 'taicang-station'],
      ['DutyOpened', 'id-2', 'taicang-station'],
    ]);
    expect(decided[1]?.data).toMatchObject({ causedBy: 'id-0' });
  });
  it('commands of duties belong to every kind of stream', () =>
    expect(Object.keys(commandKindsOf(loanStream as never))).toEqual(
      expect.arrayContaining(['Lend', 'GiveBack', 'BreachDuty', 'RemindDuty', 'ExtendDuty', 'WaiveDuty', 'TransferDuty']),
    ));
});

describe('a decision', () => {
  it('hands over where the stream stands after its events, as evolving them one by one gives it', () => {
    const taicang = { agency: 'taicang-station', user: 'u', client: 'c', role: 'staff' } as const;
    const command = { type: 'Lend', data: { to: 'fengyang-station' }, by: taicang, at: now };
    const before = nothing<unknown>(loanStream.initial);
    const { events, situation } = decideAndEvolve(loanStream, before, command, { world: { now, directory }, eventId: String });
    expect(events.length).toBeGreaterThan(0);
    expect(situation).toEqual(events.reduce((sofar, event) => evolve(loanStream, sofar, event), before));
    expect(before.version).toBe(0);
  });
});
