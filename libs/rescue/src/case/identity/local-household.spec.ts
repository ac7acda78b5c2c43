import type { Asked, Story } from '../../testing/given';
import { admitted, ask, confirm, found, stateOf } from '../../testing/reception-story';
import type { ConfirmLocalHousehold } from './confirm-local-household';
import type { RetractIdentity } from './retract-identity';

const station = 'taicang-station';
/** SC-12 in its own week: sheltered on a Sunday, found local on Tuesday 20 October. */
const now = '2020-10-20T10:00:00+08:00';
const local = (township = 'shaxi-township'): Asked<ConfirmLocalHousehold> =>
  ask<ConfirmLocalHousehold>(station, now, 'ConfirmLocalHousehold', { township, evidence: '公安户籍信息' });
const confirmed = (homeDivision: string): Story =>
  admitted().and({ ...confirm({ idNumber: '320585197106150339', birthDate: '1971-06-15', homeDivision }), now });
const signing = (story: Story, to: string, time: string): readonly string[] =>
  story
    .and(ask(station, '2020-10-21T09:00:00+08:00', 'OfferHandover', { handoverId: 'h9', kind: 'STATION_TOWNSHIP', to, statement: {} }))
    .when(ask(to, time, 'AcceptHandover', { handoverId: 'h9', statement: {} })).duties;

describe('a sheltered person turns out to be local', () => {
  it('the township of the household is named', () =>
    expect(stateOf(confirmed('320585').when(local())).identity.localTownship).toBe('shaxi-township'));
  it('the identity need not be confirmed for it', () => expect(admitted().when(local()).events).toHaveLength(1));
  it('the station owes the handover within 3 working days: until 2020-10-23', () =>
    expect(admitted().when(local()).duties).toEqual([`opened D-P8-1 ${station}→shaxi-township until 2020-10-24T00:00:00+08:00`]));
  it("the township's signature meets it", () => {
    expect(signing(admitted().and(local()), 'shaxi-township', '2020-10-22T09:00:00+08:00')).toEqual(['discharged D-P8-1']);
    expect(signing(admitted().and(local()), 'shaxi-township', '2020-10-24T09:00:00+08:00')).toEqual([
      'breached D-P8-1',
      'discharged D-P8-1 late',
    ]);
  });
  it('the signature of another township does not', () =>
    expect(signing(admitted().and(local()), 'fengyang-township', '2020-10-22T09:00:00+08:00')).toEqual([]));
  it('a township elsewhere is not of this city', () => expect(admitted().refusal(local('fengyang-township'))).toBe('validation-failed'));
  it('a village committee is no township', () => expect(admitted().refusal(local('fengyang-village'))).toBe('validation-failed'));
  it('a confirmed household elsewhere stands against it', () => expect(confirmed('341126').refusal(local())).toBe('illegal-transition'));
  it('is recorded by the owner, for people in care', () => {
    expect(admitted().refusal({ ...local(), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(found().refusal(local())).toBe('ACT-WRONG-AGENCY');
  });
  it('with the identity it rested on it falls away', () => {
    const story = confirmed('320585').and(local());
    const told = story.when(ask<RetractIdentity>(station, '2020-10-21T09:00:00+08:00', 'RetractIdentity', { reason: 'WRONG_MATCH' }));
    expect(told.duties).toContain('lapsed D-P8-1');
    expect(stateOf(told).identity.localTownship).toBeNull();
  });
  it('a confirmed household elsewhere ends it, one in this city does not', () => {
    const away = admitted()
      .and(local())
      .when({ ...confirm(), now: '2020-10-21T09:00:00+08:00' });
    expect(away.duties).toContain('lapsed D-P8-1');
    expect(stateOf(away).identity.localTownship).toBeNull();
    const here = confirm({ idNumber: '320585197106150339', birthDate: '1971-06-15', homeDivision: '320585' });
    const stays = admitted()
      .and(local())
      .when({ ...here, now: '2020-10-21T09:00:00+08:00' });
    expect(stays.duties.join()).not.toContain('D-P8');
    expect(stateOf(stays).identity.localTownship).toBe('shaxi-township');
  });
  it('stays quiet the second time', () => expect(admitted().and(local()).when(local()).events).toEqual([]));
});
