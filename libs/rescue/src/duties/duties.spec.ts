import { directory } from '../testing/agencies';
import { given, type Asked, type Story } from '../testing/given';
import { loanStream } from '../testing/loan-stream';
import type { DutyOpened } from './duty-events';

/** Lent on Monday 12 October 2020: five working days end on Monday the 19th, two hours at 11:00. */
const now = '2020-10-12T09:00:00+08:00';
const DUE = '2020-10-20T00:00:00+08:00';
const lend: Asked = { by: 'taicang-station', now, type: 'Lend', data: { to: 'fengyang-station' } };
const lent = given(loanStream).and(lend);
const giveBack = (at: string, whole = true): Asked => ({ by: 'fengyang-station', now: at, type: 'GiveBack', data: { whole } });
const system = (type: string, at: string, dutyId = 'D-X-1'): Asked => ({ by: 'guitu', role: 'system', now: at, type, data: { dutyId } });
const asked = (type: string, by: string, data: object = {}): Asked => ({
  by,
  now,
  type,
  data: { dutyId: 'D-X-1', reason: '洪水', ...data },
});
const overdue = (): Story => lent.and(system('BreachDuty', '2020-10-20T00:00:01+08:00'));

describe('a stream of a third kind has duties without a line of its own', () => {
  it('a duty opens with who owes whom, until when', () =>
    expect(given(loanStream).when(lend).duties).toEqual([
      `opened D-X-1 fengyang-station→taicang-station until ${DUE}`,
      'opened D-Y-1 fengyang-station→taicang-station until 2020-10-12T11:00:00+08:00',
    ]));
  it('and explains itself: the clause, the policy version, the days counted, the event that opened it', () => {
    const opened = lent.history[1]?.data as DutyOpened['data'];
    expect(opened).toMatchObject({
      basis: 'spec',
      from: now,
      causedBy: 'e1',
      provisional: false,
      policy: { key: 'duty.D-F2', division: 'national', limit: { amount: 5, unit: 'working-days' } },
    });
    expect(opened.counted.length).toBeGreaterThan(0);
  });
  it('only the listed evidence discharges it', () => {
    expect(lent.when(giveBack('2020-10-12T10:00:00+08:00', false)).duties).toEqual(['discharged D-Y-1']);
    expect(lent.when(giveBack('2020-10-12T10:00:00+08:00')).duties).toEqual(['discharged D-X-1', 'discharged D-Y-1']);
  });
  it('evidence at the last moment is in time, a second later it is late and the breach stands beside it', () => {
    expect(lent.when(giveBack(DUE)).duties).toContain('discharged D-X-1');
    expect(lent.when(giveBack('2020-10-20T00:00:01+08:00')).duties).toEqual(
      expect.arrayContaining(['breached D-X-1', 'discharged D-X-1 late']),
    );
  });
  it('evidence from before the duty does not discharge it', () => {
    const early = { ...giveBack(now), at: '2020-10-12T08:59:59+08:00' };
    expect(lent.when(early).duties).toEqual([]);
  });
  it('a back-dated entry does not repair a breach that stands in the record', () => {
    const backDated = { ...giveBack('2020-10-20T09:00:00+08:00'), at: '2020-10-19T10:00:00+08:00' };
    expect(overdue().when(backDated).duties).toEqual(expect.arrayContaining(['discharged D-X-1 late']));
    expect(overdue().when(backDated).duties).not.toContain('breached D-X-1');
  });
  it('it lapses when its ground falls away; what does not depend on that ground goes on', () => {
    const { duties, situation } = lent.when({ ...giveBack(now), type: 'ReportLoss', data: { reason: '火灾' } });
    expect(duties).toEqual(['lapsed D-X-1']);
    expect(Object.keys(situation.duties.open)).toEqual(['D-Y-1']);
  });
  it('what lapses after its limit was breached first, also where nobody had noticed', () => {
    const late = '2020-10-20T00:00:01+08:00';
    expect(lent.when({ ...giveBack(late), type: 'ReportLoss', data: { reason: '火灾' } }).duties).toEqual([
      'breached D-X-1',
      'lapsed D-X-1',
    ]);
    expect(overdue().when({ ...giveBack(late), type: 'ReportLoss', data: { reason: '火灾' } }).duties).toEqual(['lapsed D-X-1']);
  });
});

describe('overdue is a fact of its own', () => {
  it('recorded by the timekeeper after the limit, not before', () => {
    expect(lent.refusal(system('BreachDuty', DUE))).toBe('DUTY-NOT-DUE');
    expect(lent.when(system('BreachDuty', '2020-10-20T00:00:01+08:00')).duties).toEqual(['breached D-X-1']);
  });
  it('once', () => expect(overdue().when(system('BreachDuty', '2020-10-21T00:00:00+08:00')).duties).toEqual([]));
  it('kept in the book after the duty is met', () => {
    const { situation } = overdue().when(giveBack('2020-10-21T09:00:00+08:00'));
    expect(situation.duties.breaches).toEqual(expect.arrayContaining([{ key: 'D-X', about: '' }]));
  });
  it('told to the superior of the debtor, which takes part from then on; before, it does not know of the case', () => {
    const before = lent.when(system('BreachDuty', '2020-10-20T00:00:01+08:00')).situation;
    expect(lent.situation.parties.has('fengyang-civil-affairs')).toBe(false);
    expect(before.parties.has('fengyang-civil-affairs')).toBe(true);
    const late = lent.when(giveBack('2020-10-20T00:00:01+08:00')).situation;
    expect(late.parties.has('fengyang-civil-affairs')).toBe(true);
  });
  it('nobody else records it', () =>
    expect(lent.refusal({ ...system('BreachDuty', '2020-10-21T00:00:00+08:00'), by: 'taicang-station', role: 'staff' })).toBe(
      'ACT-WRONG-KIND',
    ));
  it('a duty that is not open has no breach', () => expect(lent.refusal(system('BreachDuty', DUE, 'D-X-9'))).toBe('DUTY-CLOSED'));
});

describe('the debtor is reminded', () => {
  it('one working day before the last day: of Monday the 19th, from Friday the 16th', () => {
    expect(lent.refusal(system('RemindDuty', '2020-10-15T23:59:59+08:00'))).toBe('DUTY-NOT-DUE');
    expect(lent.when(system('RemindDuty', '2020-10-16T00:00:00+08:00')).duties).toEqual(['reminded D-X-1']);
  });
  it('once, and not when it is too late', () => {
    const reminded = lent.and(system('RemindDuty', '2020-10-16T00:00:00+08:00'));
    expect(reminded.when(system('RemindDuty', '2020-10-17T00:00:00+08:00')).duties).toEqual([]);
    expect(overdue().when(system('RemindDuty', '2020-10-20T09:00:00+08:00')).duties).toEqual([]);
  });
  it('never of limits counted in hours', () =>
    expect(lent.refusal(system('RemindDuty', '2020-10-12T10:59:00+08:00', 'D-Y-1'))).toBe('DUTY-NOT-DUE'));
});

describe('more time', () => {
  const later = { dueAt: '2020-10-27T00:00:00+08:00' };
  it('is given by whoever is owed, or by a superior of the debtor', () => {
    expect(lent.when(asked('ExtendDuty', 'taicang-station', later)).duties).toEqual(['extended D-X-1']);
    expect(lent.when(asked('ExtendDuty', 'chuzhou-civil-affairs', later)).duties).toEqual(['extended D-X-1']);
    expect(lent.refusal(asked('ExtendDuty', 'fengyang-station', later))).toBe('ACT-WRONG-AGENCY');
  });
  it('moves the limit: what was late is in time again, what was reminded is reminded again', () => {
    const extended = overdue().and({ ...asked('ExtendDuty', 'taicang-station', later), now: '2020-10-21T09:00:00+08:00' });
    expect(extended.situation.duties.open['D-X-1']).toMatchObject({ dueAt: later.dueAt, breached: false, reminded: false, extended: 1 });
    expect(extended.when(giveBack('2020-10-26T09:00:00+08:00')).duties).toContain('discharged D-X-1');
  });
  it('is more, and in the future', () => {
    expect(lent.refusal(asked('ExtendDuty', 'taicang-station', { dueAt: '2020-10-19T00:00:00+08:00' }))).toBe('validation-failed');
    expect(overdue().refusal({ ...asked('ExtendDuty', 'taicang-station', later), now: '2020-10-28T00:00:00+08:00' })).toBe(
      'validation-failed',
    );
  });
  it('stays quiet the second time', () =>
    expect(lent.and(asked('ExtendDuty', 'taicang-station', later)).when(asked('ExtendDuty', 'taicang-station', later)).duties).toEqual([]));
  it('is never given where life is protected', () =>
    expect(lent.refusal(asked('ExtendDuty', 'taicang-station', { dutyId: 'D-Y-1', ...later }))).toBe('DUTY-HARD'));
});

describe('a duty is waived', () => {
  it('by a superior of the debtor alone, not by whoever is owed', () => {
    expect(lent.when(asked('WaiveDuty', 'anhui-civil-affairs')).duties).toEqual(['waived D-X-1']);
    expect(lent.refusal(asked('WaiveDuty', 'taicang-station'))).toBe('DUTY-NOT-SUPERIOR');
    expect(lent.refusal(asked('WaiveDuty', 'jiangsu-civil-affairs'))).toBe('DUTY-NOT-SUPERIOR');
  });
  it('and is over then', () =>
    expect(lent.and(asked('WaiveDuty', 'anhui-civil-affairs')).refusal(asked('WaiveDuty', 'anhui-civil-affairs'))).toBe('DUTY-CLOSED'));
  it('never where life is protected', () =>
    expect(lent.refusal(asked('WaiveDuty', 'anhui-civil-affairs', { dutyId: 'D-Y-1' }))).toBe('DUTY-HARD'));
});

describe('a duty passes to another agency', () => {
  const to = 'fengyang-civil-affairs';
  it('given away by the debtor or its superior; the limit stays', () => {
    const passed = lent.and(asked('TransferDuty', 'fengyang-station', { to }));
    expect(passed.situation.duties.open['D-X-1']).toMatchObject({ owedBy: to, dueAt: DUE });
    expect(passed.situation.parties).toContain(to);
    expect(lent.when(asked('TransferDuty', 'anhui-civil-affairs', { to })).duties).toEqual(['transferred D-X-1']);
  });
  it('not by whoever is owed', () => expect(lent.refusal(asked('TransferDuty', 'taicang-station', { to }))).toBe('ACT-WRONG-AGENCY'));
  it('to an agency that works', () =>
    expect(lent.refusal(asked('TransferDuty', 'fengyang-station', { to: 'nobody' }))).toBe('agency-unknown'));
  it('to somebody else', () => expect(lent.when(asked('TransferDuty', 'fengyang-station', { to: 'fengyang-station' })).duties).toEqual([]));
  it('the new debtor can pass it on, the old one cannot', () => {
    const passed = lent.and(asked('TransferDuty', 'fengyang-station', { to }));
    expect(passed.refusal(asked('TransferDuty', 'fengyang-station', { to: 'chuzhou-civil-affairs' }))).toBe('ACT-WRONG-AGENCY');
    expect(passed.when(asked('TransferDuty', to, { to: 'chuzhou-civil-affairs' })).duties).toEqual(['transferred D-X-1']);
  });
});

it('the limit is the one of the debtor’s division on that day, whoever lends', () => {
  expect(directory.get('fengyang-station')?.divisions[0]?.value).toBe('341126');
  expect(lent.history[1]?.data).toMatchObject({ policy: { division: 'national' } });
});
