import type { Asked, Story } from '../../testing/given';
import { admitted, ask, confirm, found, stateOf } from '../../testing/reception-story';
import type { ClaimIdentity } from './claim-identity';
import type { ReplyPoliceVerification } from './reply-police-verification';
import type { ReplyDnaResult } from './reply-dna-result';
import type { RequestDnaSampling } from './request-dna-sampling';
import type { RequestPoliceVerification } from './request-police-verification';

const station = 'taicang-station';
const police = 'taicang-police';
const now = '2020-10-12T11:00:00+08:00';
const claim = (by = station): Asked<ClaimIdentity> => ask<ClaimIdentity>(by, now, 'ClaimIdentity', { name: '赵根生', source: 'SELF' });
const query = (data: Partial<RequestPoliceVerification['data']> = {}, by = station): Asked<RequestPoliceVerification> =>
  ask<RequestPoliceVerification>(by, now, 'RequestPoliceVerification', { queryId: 'q1', toPolice: police, means: ['DATABASE'], ...data });
const reply = (data: Partial<ReplyPoliceVerification['data']> = {}, by = police): Asked<ReplyPoliceVerification> =>
  ask<ReplyPoliceVerification>(by, '2020-10-13T15:10:00+08:00', 'ReplyPoliceVerification', { queryId: 'q1', result: 'HIT', ...data });
const asked = (): Story => admitted().and(query());

describe('an identity is claimed', () => {
  it('and is a claim only', () => expect(stateOf(admitted().when(claim())).identity).toMatchObject({ phase: 'CLAIMED', current: null }));
  it('while the police look it stays under verification', () => expect(stateOf(asked().when(claim())).identity.phase).toBe('VERIFYING'));
  it('after a confirmation a claim changes nothing', () =>
    expect(
      admitted()
        .and({ ...confirm(), now })
        .refusal(claim()),
    ).toBe('illegal-transition'));
  it('is recorded by the owner', () => expect(found().refusal(claim())).toBe('ACT-WRONG-AGENCY'));
});

describe('the police are asked', () => {
  it('and owe the answer within 5 working days', () => {
    const told = admitted().when(query());
    expect(stateOf(told).identity.phase).toBe('VERIFYING');
    expect(told.duties).toEqual([`opened D-I4-1 ${police}→${station} until 2020-10-20T00:00:00+08:00`]);
  });
  it('a superior of the station may ask for it, other agencies may not', () => {
    expect(admitted().when(query({}, 'suzhou-civil-affairs')).events).toHaveLength(1);
    expect(admitted().refusal(query({}, 'anhui-civil-affairs'))).toBe('ACT-WRONG-AGENCY');
    expect(admitted().refusal(query({}, 'wuxi-station'))).toBe('ACT-WRONG-AGENCY');
  });
  it('a letter number is kept in its strict form, and refused when it is none', () => {
    expect(admitted().when(query({ letterNumber: '太救助函[2020]30号' })).events).toMatchObject([
      { data: { letterNumber: '太救助函〔2020〕30号' } },
    ]);
    expect(admitted().refusal(query({ letterNumber: '第三十号' }))).toBe('LETTER-NUMBER');
  });
  it('only police are asked', () => expect(admitted().refusal(query({ toPolice: 'taicang-urban' }))).toBe('validation-failed'));
  it('a confirmed identity stays confirmed while they check again', () =>
    expect(
      stateOf(
        admitted()
          .and({ ...confirm(), now })
          .when(query()),
      ).identity.phase,
    ).toBe('CONFIRMED'));
  it('before a station owns the case nobody asks', () => expect(found().refusal(query())).toBe('ACT-WRONG-AGENCY'));
  it('stays quiet the second time, and refuses a used id for another question', () => {
    expect(asked().when(query()).events).toEqual([]);
    expect(asked().refusal(query({ toPolice: 'jiangyin-police' }))).toBe('ID-TAKEN');
  });
});

describe('the police answer', () => {
  it('what they found is a candidate, and the duty is met', () => {
    const told = asked().when(reply({ candidate: { name: '赵根生', idNumber: '341126198503120317', homeDivision: '341126' } }));
    expect(stateOf(told).identity).toMatchObject({ phase: 'VERIFYING', current: null, queries: { q1: { answered: true, result: 'HIT' } } });
    expect(told.duties).toEqual(['discharged D-I4-1']);
  });
  it('late it is a breach', () =>
    expect(asked().when({ ...reply(), now: '2020-10-20T00:00:01+08:00' }).duties).toEqual(['breached D-I4-1', 'discharged D-I4-1 late']));
  it('one answer does not meet the duty of another question', () => {
    const two = asked().and(query({ queryId: 'q2', toPolice: 'jiangyin-police' }));
    expect(two.when(reply({ queryId: 'q2' }, 'jiangyin-police')).duties).toEqual(['discharged D-I4-2']);
  });
  it('only who was asked answers', () => expect(asked().refusal(reply({}, 'jiangyin-police'))).toBe('ACT-WRONG-AGENCY'));
  it('only what was asked is answered', () => expect(asked().refusal(reply({ queryId: 'q9' }))).toBe('unknown-reference'));
  it('only a hit names a candidate', () =>
    expect(asked().refusal(reply({ result: 'NO_HIT', candidate: { name: '某人' } }))).toBe('validation-failed'));
  it('stays quiet the second time; another answer needs another question', () => {
    expect(asked().and(reply()).when(reply()).events).toEqual([]);
    expect(
      asked()
        .and(reply())
        .refusal(reply({ result: 'BEYOND_AUTHORITY' })),
    ).toBe('illegal-transition');
  });
});

describe('DNA', () => {
  const sample = (data: Partial<RequestDnaSampling['data']> = {}): Asked<RequestDnaSampling> =>
    ask<RequestDnaSampling>(station, now, 'RequestDnaSampling', { sampleNumber: 's1', toPolice: police, ...data });
  const result = (data: Partial<ReplyDnaResult['data']> = {}, by = police): Asked<ReplyDnaResult> =>
    ask<ReplyDnaResult>(by, '2020-10-30T09:00:00+08:00', 'ReplyDnaResult', { sampleNumber: 's1', result: 'NO_HIT', ...data });
  const sampled = (): Story => admitted().and(sample());
  it('asking meets the duty of the station; the police owe the answer within a month', () =>
    expect(admitted().when(sample()).duties).toEqual([
      'discharged D-I2-1',
      `opened D-I3-1 ${police}→${station} until 2020-11-13T00:00:00+08:00`,
    ]));
  it('the answer meets it, late it is a breach', () => {
    expect(sampled().when(result()).duties).toEqual(['discharged D-I3-1']);
    expect(sampled().when({ ...result(), now: '2020-11-13T09:00:00+08:00' }).duties).toEqual(['breached D-I3-1', 'discharged D-I3-1 late']);
  });
  it('only who was asked answers, only what was asked', () => {
    expect(sampled().refusal(result({}, 'jiangyin-police'))).toBe('ACT-WRONG-AGENCY');
    expect(sampled().refusal(result({ sampleNumber: 's9' }))).toBe('unknown-reference');
    expect(sampled().refusal(result({ candidate: { name: '某人' } }))).toBe('validation-failed');
  });
  it('a sample number is used once', () => expect(sampled().refusal(sample({ toPolice: 'jiangyin-police' }))).toBe('ID-TAKEN'));
  it('is asked by the owner, of the police', () => {
    expect(admitted().refusal({ ...sample(), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(admitted().refusal(sample({ toPolice: 'taicang-hospital' }))).toBe('validation-failed');
  });
  it('stays quiet the second time; another result needs another sample', () => {
    expect(sampled().when(sample()).events).toEqual([]);
    expect(sampled().and(result()).when(result()).events).toEqual([]);
    expect(
      sampled()
        .and(result())
        .refusal(result({ result: 'HIT' })),
    ).toBe('illegal-transition');
  });
  it('who was identified meanwhile is not reported any more', () =>
    expect(admitted().when(confirm()).duties).toEqual(expect.arrayContaining(['lapsed D-I2-1', 'lapsed D-I5-1'])));
  it('after death nobody answers any more', () => {
    const death = ask(station, '2020-10-20T06:00:00+08:00', 'RecordDeath', {
      diedAt: '2020-10-20T05:45:00+08:00',
      place: 'STATION',
      cause: '疾病',
    });
    expect(sampled().and(query()).when(death).duties).toEqual(expect.arrayContaining(['lapsed D-I3-1', 'lapsed D-I4-1', 'lapsed D-I5-1']));
  });
});
