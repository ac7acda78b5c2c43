import type { Asked } from '../../testing/given';
import { admitted, ask, found, stateOf } from '../../testing/reception-story';
import type { CertifyFitnessToTravel } from './certify-fitness';

const certify = (data: Partial<CertifyFitnessToTravel['data']> = {}, by = 'taicang-station'): Asked<CertifyFitnessToTravel> =>
  ask<CertifyFitnessToTravel>(by, '2020-10-15T10:00:00+08:00', 'CertifyFitnessToTravel', { fit: true, ...data });

describe('fitness to travel is certified', () => {
  it('holds 7 days unless the certificate says otherwise', () => {
    expect(admitted().when(certify()).events).toEqual([
      { type: 'FitnessToTravelCertified', data: { fit: true, validUntil: '2020-10-22' } },
    ]);
    expect(stateOf(admitted().when(certify({ validUntil: '2020-10-16' }))).hospital.fitness).toMatchObject({ validUntil: '2020-10-16' });
  });
  it('a later one replaces it', () => {
    const ill = admitted()
      .and(certify())
      .when(certify({ fit: false }));
    expect(stateOf(ill).hospital.fitness).toMatchObject({ fit: false });
  });
  it('is never over before it begins', () => expect(admitted().refusal(certify({ validUntil: '2020-10-14' }))).toBe('validation-failed'));
  it('is given by who has the person', () => {
    expect(admitted().refusal(certify({}, 'taicang-hospital'))).toBe('ACT-WRONG-AGENCY');
    expect(admitted().refusal(certify({}, 'taicang-police'))).toBe('ACT-WRONG-KIND');
  });
  it('is for people in care', () => expect(found().refusal(certify())).toBe('ACT-WRONG-AGENCY'));
  it('stays quiet the second time', () => expect(admitted().and(certify()).when(certify()).events).toEqual([]));
});
