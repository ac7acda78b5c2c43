import { countDue, reachThreshold, type Limit } from './limits';
import { dueInWords } from './time';

const morning = (date: string) => `${date}T09:30:00+08:00`;
const dueDay = (limit: Limit, date: string) => dueInWords(countDue(limit, morning(date)).dueAt);
const workingDays = (amount: number): Limit => ({ amount, unit: 'working-days' });
const days = (amount: number, roll = false): Limit => ({ amount, unit: 'days', roll });
const months = (amount: number, roll = false): Limit => ({ amount, unit: 'months', roll });

describe('working days', () => {
  it.each([
    ['2020-09-28', 5, '2020-10-12'],
    ['2020-09-30', 7, '2020-10-16'],
    ['2021-02-05', 5, '2021-02-18'],
    ['2020-10-13', 3, '2020-10-16'],
    ['2020-10-16', 5, '2020-10-23'],
    ['2020-10-19', 5, '2020-10-26'],
    ['2020-10-21', 1, '2020-10-22'],
    ['2020-11-05', 5, '2020-11-12'],
    ['2020-11-06', 5, '2020-11-13'],
    ['2020-10-30', 5, '2020-11-06'],
    ['2020-11-27', 1, '2020-11-30'],
    ['2020-11-27', 3, '2020-12-02'],
    ['2020-12-02', 3, '2020-12-07'],
    ['2020-12-07', 5, '2020-12-14'],
    ['2020-12-15', 5, '2020-12-22'],
    ['2020-11-13', 5, '2020-11-20'],
    ['2020-11-27', 5, '2020-12-04'],
    ['2020-11-30', 7, '2020-12-09'],
    ['2020-10-20', 3, '2020-10-23'],
    ['2021-01-18', 1, '2021-01-19'],
  ])('%s and %i working days end on %s at 24:00', (from, amount, expected) => {
    expect(dueDay(workingDays(amount), from)).toBe(`${expected} 24:00`);
  });

  it('begin the day after, whatever the hour', () => {
    expect(countDue(workingDays(1), '2020-10-12T00:00:00+08:00').dueAt).toBe('2020-10-14T00:00:00+08:00');
    expect(countDue(workingDays(1), '2020-10-12T23:59:59+08:00').dueAt).toBe('2020-10-14T00:00:00+08:00');
  });

  it('begin with the day in China, not with the day of the offset', () => {
    expect(countDue(workingDays(1), '2020-10-12T16:30:00Z').dueAt).toBe('2020-10-15T00:00:00+08:00');
  });

  it('tell each day that was counted and each that was skipped, with the reason', () => {
    expect(countDue(workingDays(2), morning('2020-10-09')).counted).toEqual([
      { rule: 'first-day-not-counted', date: '2020-10-09' },
      { rule: 'working-day', date: '2020-10-10', nth: 1 },
      { rule: 'skipped', date: '2020-10-11', why: 'weekend' },
      { rule: 'working-day', date: '2020-10-12', nth: 2 },
    ]);
    expect(countDue(workingDays(1), morning('2021-04-30')).counted[1]).toEqual({ rule: 'skipped', date: '2021-05-01', why: 'holiday' });
  });

  it('tell only the ends when they are more than twenty', () => {
    const due = countDue(workingDays(21), morning('2020-10-12'));
    expect(due.counted).toEqual([
      { rule: 'first-day-not-counted', date: '2020-10-12' },
      { rule: 'working-days', first: '2020-10-13', last: '2020-11-10', amount: 21, skipped: 8 },
    ]);
    expect(countDue(workingDays(20), morning('2020-10-12')).counted).toHaveLength(1 + 20 + 8);
  });

  it('are provisional when a day looked at lies in a year without a published calendar', () => {
    expect(countDue(workingDays(1), morning('2026-12-30')).provisional).toBe(false);
    expect(countDue(workingDays(2), morning('2026-12-30')).provisional).toBe(true);
  });
});

describe('days and months', () => {
  it.each([
    ['2020-10-16', days(30, true), '2020-11-16'],
    ['2020-10-16', days(30), '2020-11-15'],
    ['2020-10-16', days(60, true), '2020-12-15'],
    ['2020-11-13', days(30, true), '2020-12-14'],
    ['2021-04-28', days(30, true), '2021-05-28'],
    ['2020-11-30', months(3), '2021-02-28'],
    ['2020-12-31', months(2), '2021-02-28'],
    ['2020-02-29', months(12), '2021-02-28'],
    ['2021-03-01', months(2), '2021-05-01'],
    ['2021-03-01', months(2, true), '2021-05-06'],
    ['2020-10-22', months(2, true), '2020-12-22'],
    ['2020-12-20', months(2, true), '2021-02-20'],
    ['2020-10-22', months(12, true), '2021-10-22'],
  ])('from %s, %o ends on %s', (from, limit, expected) => expect(dueDay(limit, from)).toBe(`${expected} 24:00`));

  it('do not roll unless they are told to: life is not put off over a holiday', () => {
    expect(dueDay({ amount: 3, unit: 'days' }, '2020-09-30')).toBe('2020-10-03 24:00');
    expect(dueDay({ amount: 3, unit: 'days', roll: true }, '2020-09-30')).toBe('2020-10-09 24:00');
  });

  it('say the month end, the roll and the span instead of each day', () => {
    expect(countDue(months(3), morning('2020-11-30')).counted).toEqual([
      { rule: 'first-day-not-counted', date: '2020-11-30' },
      { rule: 'month-end', date: '2021-02-28', wanted: 30 },
    ]);
    expect(countDue(days(30, true), morning('2020-10-16')).counted).toEqual([
      { rule: 'first-day-not-counted', date: '2020-10-16' },
      { rule: 'days', first: '2020-10-17', last: '2020-11-15', amount: 30 },
      { rule: 'rolled', from: '2020-11-15', to: '2020-11-16', why: 'weekend' },
    ]);
  });

  it('need no working-day calendar unless they roll', () => {
    expect(countDue(days(30), morning('2030-01-01')).provisional).toBe(false);
    expect(countDue(days(30, true), morning('2030-01-01')).provisional).toBe(true);
  });
});

describe('minutes and hours', () => {
  it('run from the moment, through nights and holidays', () => {
    expect(countDue({ amount: 2, unit: 'hours' }, '2020-10-01T23:30:00+08:00').dueAt).toBe('2020-10-02T01:30:00+08:00');
    expect(countDue({ amount: 60, unit: 'minutes' }, '2020-12-20T05:55:00+08:00').dueAt).toBe('2020-12-20T06:55:00+08:00');
  });

  it('0 minutes is at once', () => {
    const due = countDue({ amount: 0, unit: 'minutes' }, '2020-10-12T08:40:00+08:00');
    expect(due.dueAt).toBe('2020-10-12T08:40:00+08:00');
    expect(due.startsAt).toBe('2020-10-12T08:40:00+08:00');
  });

  it('cannot roll', () => {
    expect(() => countDue({ amount: 1, unit: 'hours', roll: true }, morning('2020-10-01'))).toThrow(RangeError);
  });
});

describe('thresholds', () => {
  it('three full months from 2020-11-30 are reached on 2021-02-28, exceeded from 2021-03-01', () => {
    const threshold = { amount: 3, unit: 'months' } as const;
    expect(reachThreshold({ ...threshold, over: false }, morning('2020-11-30')).startsAt).toBe('2021-02-28T00:00:00+08:00');
    expect(reachThreshold({ ...threshold, over: true }, morning('2020-11-30')).startsAt).toBe('2021-03-01T00:00:00+08:00');
  });

  it('more than ten days from 2020-09-30 begin on 2020-10-11, more than a month on 2020-10-31', () => {
    expect(reachThreshold({ amount: 10, unit: 'days', over: true }, morning('2020-09-30')).startsAt).toBe('2020-10-11T00:00:00+08:00');
    expect(reachThreshold({ amount: 1, unit: 'months', over: true }, morning('2020-09-30')).startsAt).toBe('2020-10-31T00:00:00+08:00');
  });

  it('more than a month, then five working days: the first day over the month does not count', () => {
    const due = countDue({ amount: 5, unit: 'working-days', after: { amount: 1, unit: 'months', over: true } }, morning('2020-11-30'));
    expect(due.startsAt).toBe('2020-12-31T00:00:00+08:00');
    expect(dueInWords(due.dueAt)).toBe('2021-01-08 24:00');
    expect(due.counted.slice(0, 4)).toEqual([
      { rule: 'first-day-not-counted', date: '2020-11-30' },
      { rule: 'corresponding-day', date: '2020-12-30', months: 1 },
      { rule: 'threshold', reached: 'over', last: '2020-12-30', startsOn: '2020-12-31' },
      { rule: 'first-day-not-counted', date: '2020-12-31' },
    ]);
  });

  it('do not roll, even when the limit after them does', () => {
    const due = countDue({ amount: 1, unit: 'days', roll: true, after: { amount: 1, unit: 'days', over: false } }, morning('2020-09-30'));
    expect(due.startsAt).toBe('2020-10-01T00:00:00+08:00');
    expect(dueInWords(due.dueAt)).toBe('2020-10-09 24:00');
  });

  it('are provisional when their own working days are', () => {
    const limit: Limit = { amount: 1, unit: 'hours', after: { amount: 3, unit: 'working-days', over: false } };
    expect(countDue(limit, morning('2026-12-30')).provisional).toBe(true);
  });
});

describe('any limit', () => {
  it.each<[string, Limit]>([
    ['negative', { amount: -1, unit: 'hours' }],
    ['broken', { amount: 1.5, unit: 'days' }],
    ['no number', { amount: Number.NaN, unit: 'days' }],
    ['zero days', { amount: 0, unit: 'working-days' }],
    ['without end', { amount: 1_000_000, unit: 'working-days' }],
    ['an empty threshold', { amount: 1, unit: 'days', after: { amount: 0, unit: 'months', over: true } }],
  ])('that is %s is refused', (_name, limit) => expect(() => countDue(limit, morning('2020-10-12'))).toThrow(RangeError));

  it('is refused when it would end after the calendar', () => {
    expect(() => countDue(days(36_500), morning('2199-12-31'))).toThrow(RangeError);
  });

  it('starts at the moment it is counted from, unless there is a threshold', () => {
    expect(countDue(days(1), '2020-10-12T01:00:00Z').startsAt).toBe('2020-10-12T01:00:00Z');
  });

  it('survives being stored as JSON', () => {
    const due = countDue({ amount: 5, unit: 'working-days', after: { amount: 1, unit: 'months', over: true } }, morning('2020-11-30'));
    expect(JSON.parse(JSON.stringify(due))).toEqual(due);
    expect(JSON.stringify(due).length).toBeLessThan(1_500);
  });
});
