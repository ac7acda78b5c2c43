import { explainInWords } from './explain-count';
import { countDue, type Limit } from './limits';

const explain = (limit: Limit, date: string, language: 'zh' | 'en') => explainInWords(countDue(limit, `${date}T09:30:00+08:00`), language);

describe('a due date explains itself', () => {
  it('counts working days aloud', () => {
    const limit: Limit = { amount: 2, unit: 'working-days' };
    expect(explain(limit, '2020-10-09', 'zh')).toBe(
      '2020-10-09当日不计入；第1个工作日2020-10-10；2020-10-11为周末，不计；第2个工作日2020-10-12；应于2020-10-12 24:00前完成。',
    );
    expect(explain(limit, '2020-10-09', 'en')).toBe(
      '2020-10-09 itself does not count; working day 1 is 2020-10-10; 2020-10-11 is skipped (weekend); working day 2 is 2020-10-12; due by 2020-10-12 24:00.',
    );
  });

  it('says that a last day moved over a holiday', () => {
    const limit: Limit = { amount: 2, unit: 'months', roll: true };
    expect(explain(limit, '2021-03-01', 'zh')).toContain(
      '2个月后的对应日为2021-05-01；最后一日2021-05-01为节假日，顺延至2021-05-06；应于2021-05-06 24:00前完成',
    );
    expect(explain(limit, '2021-03-01', 'en')).toContain('the last day 2021-05-01 is a holiday and moves to 2021-05-06');
  });

  it('says that a month has no such day', () => {
    expect(explain({ amount: 3, unit: 'months' }, '2020-11-30', 'zh')).toContain('该月没有30日，以月末2021-02-28为最后一日');
    expect(explain({ amount: 3, unit: 'months' }, '2020-11-30', 'en')).toContain('the month has no day 30');
  });

  it('tells full from over', () => {
    const limit = (over: boolean): Limit => ({ amount: 30, unit: 'days', after: { amount: 1, unit: 'months', over } });
    expect(explain(limit(true), '2020-11-30', 'zh')).toContain(
      '2020-12-30期间届满，超过期间自2020-12-31起；2020-12-31当日不计入；自2021-01-01至2021-01-30共30日',
    );
    expect(explain(limit(false), '2020-11-30', 'en')).toContain(
      'is full from 2020-12-30; 2020-12-30 itself does not count; 30 days from 2020-12-31',
    );
    expect(explain(limit(true), '2020-11-30', 'en')).toContain(
      'the corresponding day 1 month later is 2020-12-30; the period ends on 2020-12-30 and is exceeded',
    );
  });

  it('says immediately, minutes and hours', () => {
    expect(explain({ amount: 0, unit: 'minutes' }, '2020-10-12', 'zh')).toBe('自2020-10-12 09:30起立即；应于2020-10-12 09:30前完成。');
    expect(explain({ amount: 0, unit: 'minutes' }, '2020-10-12', 'en')).toContain('immediately from 2020-10-12 09:30');
    expect(explain({ amount: 1, unit: 'hours' }, '2020-10-12', 'en')).toBe('1 hour from 2020-10-12 09:30; due by 2020-10-12 10:30.');
    expect(explain({ amount: 60, unit: 'minutes' }, '2020-10-12', 'zh')).toContain('起60分钟；应于2020-10-12 10:30前完成');
  });

  it('sums up many working days', () => {
    expect(explain({ amount: 21, unit: 'working-days' }, '2020-10-12', 'zh')).toContain(
      '自2020-10-13至2020-11-10共21个工作日，其间8天休息不计',
    );
    expect(explain({ amount: 21, unit: 'working-days' }, '2020-10-12', 'en')).toContain('21 working days from 2020-10-13 to 2020-11-10');
  });

  it('admits that a date is provisional, and only then', () => {
    expect(explain({ amount: 5, unit: 'working-days' }, '2027-09-28', 'zh')).toMatch(/（所涉年度没有已公布的放假安排，暂按周末推算）。$/);
    expect(explain({ amount: 5, unit: 'working-days' }, '2027-09-28', 'en')).toContain('provisional');
    expect(explain({ amount: 5, unit: 'working-days' }, '2020-09-28', 'en')).not.toContain('provisional');
  });
});
