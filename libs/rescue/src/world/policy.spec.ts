import { policyAt, type PolicyKey } from './policy';
import { policyTable } from './policy-table';
import { dueUnder, policyFor, today } from './world';

const keys = [...new Set(policyTable.map(({ key }) => key))];
const valueAt = (key: PolicyKey, division: string, day: string): unknown => policyAt(key, division, day).value;

describe('the policy table', () => {
  it.each(keys)('%s has a national value that is always valid, with its source', (key) => {
    const national = policyAt(key, 'national', '1949-10-01');
    expect(national.division).toBe('national');
    expect(national.source).not.toBe('');
  });
  it('no parameter has two values for the same division and day', () => {
    const versions = policyTable.map(({ key, division, effectiveFrom }) => `${key} ${division} ${effectiveFrom}`);
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe('which version of a parameter is valid', () => {
  it('the one of the division itself, from its first day on', () => {
    expect(valueAt('dispatch.crossProvinceCarrier', '320281', '2018-12-24')).toBe('OWN_STATION');
    expect(valueAt('dispatch.crossProvinceCarrier', '320281', '2018-12-25')).toEqual({ organisationCode: '12320200466200020M' });
  });
  it('a neighbour keeps the national one', () =>
    expect(valueAt('dispatch.crossProvinceCarrier', '320585', '2020-10-12')).toBe('OWN_STATION'));
  it('a district takes the one of the city above it: Chaoyang that of Beijing', () => {
    expect(policyAt('localScope', '110105', '2020-10-12')).toMatchObject({ value: 'prefecture', division: '110000' });
    expect(policyAt('localScope', '110105', '2020-07-19').division).toBe('national');
  });
  it('the source says whose it is: Taicang counts five working days for feedback by its own implementing opinion', () =>
    expect(policyAt('feedback.due', '320585', '2020-10-12')).toMatchObject({ division: '320585', effectiveFrom: '2020-09-28' }));
  it('without a division the national one is valid', () =>
    expect(policyFor('localScope', undefined, '2020-10-12T00:00:00+08:00').division).toBe('national'));
  it('the day is the one in China', () =>
    expect(policyFor('dispatch.crossProvinceCarrier', '320281', '2018-12-24T16:00:00Z').division).toBe('320281'));
});

describe('a limit under the policy', () => {
  it('counts from the moment and remembers which version it used (SC-1: feedback after 16 October by the 23rd)', () => {
    const due = dueUnder('feedback.due', '320585', '2020-10-16T16:05:00+08:00');
    expect(due.dueAt).toBe('2020-10-24T00:00:00+08:00');
    expect(due.policy).toMatchObject({ key: 'feedback.due', division: '320585', limit: { amount: 5, unit: 'working-days' } });
  });
  it('hours end to the minute', () =>
    expect(dueUnder('duty.D-P2', '320585', '2020-10-12T08:40:00+08:00').dueAt).toBe('2020-10-12T10:40:00+08:00'));
});

it('today is the day in China', () => expect(today({ now: '2020-10-11T16:00:00Z', directory: new Map() })).toBe('2020-10-12'));
