import type { Asked, Story } from '../../testing/given';
import {
  admit,
  admitted,
  ask,
  eligible,
  found,
  handedOver,
  nothingYet,
  registered,
  request,
  safe,
  stateOf,
} from '../../testing/reception-story';
import type { OpenCaseAtHospital } from './open-case-at-hospital';
import type { RecordFaceComparison } from './record-face-comparison';

const station = 'taicang-station';
const compare = (data: Partial<RecordFaceComparison['data']> = {}): Asked<RecordFaceComparison> =>
  ask<RecordFaceComparison>(station, '2020-10-12T10:30:00+08:00', 'RecordFaceComparison', {
    targetSystem: '全国救助管理信息系统',
    result: 'NO_HIT',
    ...data,
  });

describe('admission', () => {
  it('brings the person into the station', () =>
    expect(stateOf(admitted())).toMatchObject({
      location: 'IN_STATION',
      reception: { admittedAt: '2020-10-12T09:40:00+08:00', enteredAt: '2020-10-12T09:40:00+08:00' },
    }));
  it('wants a decision first', () => expect(registered().and(safe).refusal(admit)).toBe('ELG-NOT-ELIGIBLE'));
  it('a negative decision is none', () =>
    expect(
      registered()
        .and(safe)
        .and({ ...eligible, data: { eligible: false, ground: 'LIES', helpFirst: false } })
        .refusal(admit),
    ).toBe('ELG-NOT-ELIGIBLE'));
  it('help first is enough', () =>
    expect(
      registered()
        .and(safe)
        .and({ ...eligible, data: { eligible: false, ground: 'HELP_FIRST', helpFirst: true } })
        .when(admit).events,
    ).toHaveLength(1));
  it('wants a passed safety check', () => {
    expect(registered().and(eligible).refusal(admit)).toBe('ELG-SAFETY-CHECK');
    expect(
      registered()
        .and(eligible)
        .and({ ...safe, data: { passed: false } })
        .refusal(admit),
    ).toBe('ELG-SAFETY-CHECK');
  });
  it('wants the person there', () => {
    const away = handedOver(registered().and(eligible).and(safe), {
      kind: 'STATION_HOSPITAL',
      from: station,
      to: 'taicang-hospital',
      now: '2020-10-12T09:37:00+08:00',
    });
    expect(away.refusal(admit)).toBe('HND-NOT-IN-CUSTODY');
  });
  it('is for the owner, once there was a request', () => {
    expect(registered().refusal({ ...admit, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(found().refusal(admit)).toBe('ACT-WRONG-AGENCY');
  });
  it('stays quiet the second time', () => expect(admitted().when(admit).events).toEqual([]));
  it('makes the face comparison due within 24 hours, DNA within 7 working days, updates after a month', () =>
    expect(registered().and(eligible).and(safe).when(admit).duties).toEqual([
      `opened D-C3-1 ${station}→RECORD until 2020-10-13T09:40:00+08:00`,
      // 13–16 and 19–21 October; then over a month is 13 November, and 5 working days more end on the 20th.
      `opened D-I2-1 ${station}→taicang-police until 2020-10-22T00:00:00+08:00`,
      `opened D-I5-1 ${station}→PUBLIC until 2020-11-21T00:00:00+08:00`,
    ]));
});

describe('face comparison', () => {
  it('meets the duty', () => expect(admitted().when(compare()).duties).toEqual(['discharged D-C3-1']));
  it('late it is a breach', () =>
    expect(admitted().when({ ...compare(), now: '2020-10-13T10:00:00+08:00' }).duties).toEqual([
      'breached D-C3-1',
      'discharged D-C3-1 late',
    ]));
  it('a hit is a candidate and never a confirmation', () => {
    const told = admitted().when(compare({ result: 'HIT', topScore: 0.99, candidates: ['c-1'] }));
    expect(stateOf(told).identity).toMatchObject({ phase: 'UNKNOWN', current: null });
  });
  it('no hit names no candidate', () => expect(admitted().refusal(compare({ candidates: ['c-1'] }))).toBe('validation-failed'));
  it('is made by the owner, while the person is in care', () => {
    expect(admitted().refusal({ ...compare(), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(found().refusal(compare())).toBe('ACT-WRONG-AGENCY');
  });
});

describe('a case is opened at the hospital', () => {
  /** SC-7: a confused man with fever, brought to hospital by the police at night before the holiday. */
  const at = (time: string): string => `2020-${time}:00+08:00`;
  const delivered = (): Story => {
    const story = nothingYet().and(
      ask('taicang-police', at('09-30T22:15'), 'RecordEncounter', {
        place: { division: '320585' },
        source: 'POLICE_ALARM',
        apparentSex: 'MALE',
        apparentAgeBand: 'FROM_19_TO_59',
        conditions: ['SUSP_MENTAL', 'MULTI_DISEASE'],
      }),
    );
    return handedOver(story, { kind: 'POLICE_HOSPITAL', from: 'taicang-police', to: 'taicang-hospital', now: at('09-30T23:00') });
  };
  const open = (data: Partial<OpenCaseAtHospital['data']> = {}): Asked<OpenCaseAtHospital> =>
    ask<OpenCaseAtHospital>(station, at('10-01T09:00'), 'OpenCaseAtHospital', {
      hospital: 'taicang-hospital',
      deliveredAt: at('09-30T23:00'),
      deliveredBy: 'taicang-police',
      ...data,
    });
  it('the station owns the case, the hospital keeps custody', () =>
    expect(stateOf(delivered().when(open()))).toMatchObject({
      location: 'IN_HOSPITAL',
      owner: station,
      custody: { holder: 'taicang-hospital' },
      reception: { enteredAt: at('09-30T23:00'), admittedAt: null },
    }));
  it('limits of tracing count from the delivery: DNA until 2020-10-16, updates from 2020-10-31 on', () =>
    expect(delivered().when(open()).duties).toEqual([
      `opened D-C1-1 ${station}→PERSON until ${at('10-02T09:00')}`,
      `opened D-G12-1 ${station}→PERSON until ${at('10-02T09:00')}`,
      `opened D-C6-1 ${station}→taicang-hospital until ${at('10-02T09:00')}`,
      `opened D-I2-1 ${station}→taicang-police until ${at('10-17T00:00')}`,
      `opened D-I5-1 ${station}→PUBLIC until ${at('11-07T00:00')}`,
    ]));
  it('also where the case is opened only days later', () => {
    const late = { ...open(), now: at('10-09T09:00') };
    expect(delivered().when(late).duties).toContain(`opened D-I2-1 ${station}→taicang-police until ${at('10-17T00:00')}`);
  });
  it('before the hospital has signed there is no case at the hospital', () =>
    expect(found().refusal({ ...open(), now: '2020-10-12T09:00:00+08:00' })).toBe('illegal-transition'));
  it('another hospital than the one that signed is refused', () =>
    expect(delivered().refusal(open({ hospital: 'taicang-hospital-b' }))).toBe('illegal-transition'));
  it('the delivery lies before', () => expect(delivered().refusal(open({ deliveredAt: at('10-01T09:30') }))).toBe('TIM-ORDER'));
  it('the station that was called opens it, and no other', () => {
    const called = delivered().and(
      ask('taicang-police', at('09-30T23:10'), 'RequestHospitalIdentification', { hospital: 'taicang-hospital', station: 'wuxi-station' }),
    );
    expect(called.refusal(open())).toBe('ACT-WRONG-AGENCY');
  });
  it('who was registered in the station is brought to hospital by another step', () =>
    expect(registered().refusal({ ...open(), now: '2020-10-12T10:00:00+08:00' })).toBe('illegal-transition'));
  it('stays quiet the second time, and is refused to a second station', () => {
    expect(delivered().and(open()).when(open()).events).toEqual([]);
    expect(
      delivered()
        .and(open())
        .refusal({ ...open(), by: 'wuxi-station' }),
    ).toBe('ACT-WRONG-AGENCY');
  });
  it('who is decided not eligible there is refused, and the hospital goes on on its own ground', () => {
    const told = delivered()
      .and(open())
      .and(ask(station, at('10-01T10:00'), 'DecideEligibility', { eligible: false, ground: 'HAS_RELATIVES', helpFirst: false }))
      .when(ask(station, at('10-01T10:10'), 'RefuseAssistance', { noticeNumber: '1', reason: '有亲友', told: true }));
    expect(stateOf(told)).toMatchObject({ location: 'REFUSED', custody: { holder: null } });
    expect(told.duties).toEqual(expect.arrayContaining(['discharged D-C2-1', 'lapsed D-I2-1', 'lapsed D-I5-1']));
  });
  it('a walk-in is registered, not opened at a hospital', () =>
    expect(
      nothingYet()
        .and(request())
        .refusal({ ...open(), now: '2020-10-12T10:00:00+08:00' }),
    ).toBe('illegal-transition'));
});
