import type { Disposition } from '@guitu/standards';
import { ask, atStation, found, handedOver, nothingYet, registered, request, stateOf } from '../../testing/reception-story';
import type { Asked, Story } from '../../testing/given';
import type { OfferHandover } from '../handover/offer-handover';
import type { DisposeEncounter } from './dispose-encounter';

const now = '2020-10-12T11:00:00+08:00';
const police = 'taicang-police';
const dispose = (disposition: Disposition, by = police): Asked<DisposeEncounter> =>
  ask<DisposeEncounter>(by, now, 'DisposeEncounter', { disposition });
const informed = (mode: 'INFORMED' | 'GUIDED'): Story => found().and(ask(police, now, 'InformOfHelp', { mode, cardGiven: true }));

describe('the encounter is dealt with', () => {
  it('who was told or shown the way is with nobody any more, and may walk into the station later', () => {
    const told = informed('GUIDED').when(dispose('GUIDED'));
    expect(stateOf(told)).toMatchObject({ location: 'STREET', custody: { holder: null }, encounter: { disposition: 'GUIDED' } });
    const later = informed('GUIDED')
      .and(dispose('GUIDED'))
      .when({ ...request({ arrivalMode: 'SELF' }), now: '2020-10-12T12:00:00+08:00' });
    expect(stateOf(later)).toMatchObject({ location: 'REGISTERED', owner: 'taicang-station', custody: { holder: 'taicang-station' } });
  });
  it('under public-security law the police keep the person', () =>
    expect(stateOf(found().when(dispose('POLICE_CASE'))).custody.holder).toBe(police));
  it('city management stops and teaches, and then nobody has the person', () => {
    const story = nothingYet().and(urban);
    expect(stateOf(story.when(dispose('URBAN_CASE', 'taicang-urban'))).custody.holder).toBeNull();
  });
  it('an escort to the station leaves custody with the station that signed', () =>
    expect(stateOf(registered().when(dispose('ESCORTED_STATION'))).custody.holder).toBe('taicang-station'));
  it('to a hospital: the signature or the arranged care shows it', () => {
    const signed = handedOver(found(), { kind: 'POLICE_HOSPITAL', from: police, to: 'taicang-hospital', now: '2020-10-12T09:00:00+08:00' });
    expect(signed.when(dispose('TO_HOSPITAL')).events).toHaveLength(1);
  });
  it('to the township: the signature shows it', () => {
    const signed = handedOver(found(), { kind: 'POLICE_TOWNSHIP', from: police, to: 'shaxi-township', now: '2020-10-12T09:00:00+08:00' });
    expect(signed.when(dispose('TO_TOWNSHIP')).events).toHaveLength(1);
  });
  it.each(['INFORMED', 'GUIDED', 'ESCORTED_STATION', 'TO_HOSPITAL', 'TO_TOWNSHIP', 'TO_FAMILY_UNIT', 'DECLINED', 'URBAN_CASE'] as const)(
    'nothing shows %s right after the finding',
    (disposition) => expect(found().refusal(dispose(disposition))).toBe('illegal-transition'),
  );
  it('being told is not being guided', () => expect(informed('INFORMED').refusal(dispose('GUIDED'))).toBe('illegal-transition'));
  it('is for who recorded the encounter', () =>
    expect(atStation().refusal(dispose('ESCORTED_STATION', 'taicang-station'))).toBe('ACT-WRONG-AGENCY'));
  it('nobody is sent off while an offer waits for its signature', () => {
    const offer = ask<OfferHandover>(police, now, 'OfferHandover', {
      handoverId: 'h1',
      kind: 'POLICE_STATION',
      to: 'taicang-station',
      statement: {},
    });
    expect(informed('INFORMED').and(offer).refusal(dispose('INFORMED'))).toBe('HND-OPEN');
  });
  it('stays quiet the second time, and does not change its mind', () => {
    expect(informed('GUIDED').and(dispose('GUIDED')).when(dispose('GUIDED')).events).toEqual([]);
    expect(informed('GUIDED').and(dispose('GUIDED')).refusal(dispose('INFORMED'))).toBe('illegal-transition');
  });
});

const urban = ask('taicang-urban', '2020-10-12T08:40:00+08:00', 'RecordEncounter', {
  place: { division: '320585' },
  source: 'URBAN_MGMT',
  apparentSex: 'MALE',
  apparentAgeBand: 'UNKNOWN',
  conditions: [],
});
