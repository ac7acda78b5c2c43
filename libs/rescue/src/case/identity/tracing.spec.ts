import type { Asked } from '../../testing/given';
import { admitted, ask, confirm, found } from '../../testing/reception-story';
import type { UpdateTracingInfo } from './update-tracing-info';

const station = 'taicang-station';
const update = (now: string): Asked<UpdateTracingInfo> =>
  ask<UpdateTracingInfo>(station, now, 'UpdateTracingInfo', {
    platforms: ['NATIONAL_TRACING_NETWORK', 'TOUTIAO'],
    fieldsPublished: ['SEX', 'AGE', 'FEATURES', 'FOUND_PLACE'],
  });
const early = update('2020-11-12T10:00:00+08:00');
const first = update('2020-11-13T10:00:00+08:00');

describe('tracing information is updated', () => {
  it('while the person stays unidentified, after more than a month: admitted on 12 October, from 13 November on', () => {
    expect(admitted().when(early).duties).toEqual([]);
    expect(admitted().when(first).duties).toEqual([
      'discharged D-I5-1',
      // A month later is 13 December, a Sunday; paperwork rolls to Monday.
      `opened D-I5-2 ${station}→PUBLIC until 2020-12-15T00:00:00+08:00`,
    ]);
  });
  it('an early update does not stand in the way of the one that counts', () =>
    expect(admitted().and(early).when(first).duties[0]).toBe('discharged D-I5-1'));
  it('every month again', () =>
    expect(admitted().and(first).when(update('2020-12-10T10:00:00+08:00')).duties).toEqual([
      'discharged D-I5-2',
      // 10 January 2021 is a Sunday.
      `opened D-I5-3 ${station}→PUBLIC until 2021-01-12T00:00:00+08:00`,
    ]));
  it('too late is a breach', () =>
    expect(admitted().when(update('2020-11-21T10:00:00+08:00')).duties.slice(0, 2)).toEqual(['breached D-I5-1', 'discharged D-I5-1 late']));
  it('who is identified is looked for no more', () => {
    expect(
      admitted()
        .and(first)
        .when({ ...confirm(), now: '2020-11-20T10:00:00+08:00' }).duties,
    ).toContain('lapsed D-I5-2');
    expect(admitted().and(confirm()).refusal(first)).toBe('illegal-transition');
  });
  it('after a wrong identity the month begins anew', () => {
    const retracted = admitted()
      .and(confirm())
      .when(ask(station, '2020-11-02T10:00:00+08:00', 'RetractIdentity', { reason: 'WRONG_MATCH' }));
    // Within that month an update is neither owed nor followed by another.
    const retractedStory = admitted()
      .and(confirm())
      .and(ask(station, '2020-11-02T10:00:00+08:00', 'RetractIdentity', { reason: 'WRONG_MATCH' }));
    expect(retractedStory.when(first).duties).toEqual([]);
    // Over a month is 3 December; 5 working days more end on the 10th.
    expect(retracted.duties).toContain(`opened D-I5-2 ${station}→PUBLIC until 2020-12-11T00:00:00+08:00`);
  });
  it('is recorded by the owner', () => {
    expect(admitted().refusal({ ...first, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(found().refusal(first)).toBe('ACT-WRONG-AGENCY');
  });
  it('stays quiet the second time, and takes no update from before the last', () => {
    expect(admitted().and(first).when(first).events).toEqual([]);
    expect(
      admitted()
        .and(first)
        .refusal({ ...early, now: '2020-11-13T11:00:00+08:00', at: '2020-11-13T09:00:00+08:00' }),
    ).toBe('TIM-ORDER');
  });
});
