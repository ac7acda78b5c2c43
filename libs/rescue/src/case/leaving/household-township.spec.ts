import { noCase, type Case } from '../case';
import { personIn } from '../../testing/person-in';
import type { Asked, Story } from '../../testing/given';
import type { HandToHouseholdTownship } from './hand-to-household-township';

const local = { identity: { ...noCase.identity, phase: 'CONFIRMED', versions: 1, localTownship: 'shaxi-township' } } as const;
const offer = (to = 'shaxi-township', kind = 'STATION_TOWNSHIP'): Asked => ({
  by: 'taicang-station',
  now: '2020-10-22T09:00:00+08:00',
  type: 'OfferHandover',
  data: { handoverId: 'h1', kind, to, statement: {} },
});
const accept: Asked = {
  by: 'shaxi-township',
  now: '2020-10-22T10:00:00+08:00',
  type: 'AcceptHandover',
  data: { handoverId: 'h1', statement: {} },
};
const hand = (handoverId = 'h1'): Asked<HandToHouseholdTownship> => ({
  by: 'taicang-station',
  now: '2020-10-22T11:00:00+08:00',
  type: 'HandToHouseholdTownship',
  data: { handoverId },
});
const signed = (): Story => personIn('IN_STATION', local).and(offer()).and(accept);

describe('a local person goes to the township of the household', () => {
  it('after the township has signed; no feedback letter is due (SC-12)', () => {
    const { events, situation } = signed().when(hand());
    expect(events).toEqual([{ type: 'HandedToHouseholdTownship', data: { handoverId: 'h1', township: 'shaxi-township' } }]);
    expect(situation.state as Case).toMatchObject({ location: 'LEFT', leaving: { mode: 'LOCAL_TOWNSHIP' }, feedback: { loops: {} } });
  });
  it('the custody line shows the township from its signature on', () => {
    const { line } = (signed().when(hand()).situation.state as Case).custody;
    expect(line).toEqual([
      { agency: 'taicang-station', from: '2020-10-12T09:40:00+08:00', until: '2020-10-22T10:00:00+08:00' },
      { agency: 'shaxi-township', from: '2020-10-22T10:00:00+08:00', until: '2020-10-22T11:00:00+08:00' },
    ]);
  });
  it('not before the township has signed', () =>
    expect(personIn('IN_STATION', local).and(offer()).refusal(hand())).toBe('illegal-transition'));
  it('not while nobody has confirmed a local household', () =>
    expect(personIn('IN_STATION').and(offer()).and(accept).refusal(hand())).toBe('LEV-NOT-LOCAL'));
  it('not to another township', () => {
    const other = { identity: { ...local.identity, localTownship: 'fengyang-township' } } as const;
    expect(personIn('IN_STATION', other).and(offer()).and(accept).refusal(hand())).toBe('LEV-NOT-LOCAL');
  });
  it('not by a handover of another kind', () => {
    const toHospital = offer('taicang-hospital', 'STATION_HOSPITAL');
    expect(personIn('IN_STATION', local).and(toHospital).refusal(hand())).toBe('HND-KIND-MISMATCH');
  });
  it('not by a handover that does not exist', () => expect(signed().refusal(hand('h9'))).toBe('unknown-reference'));
  it('stays quiet the second time', () => expect(signed().and(hand()).when(hand()).events).toEqual([]));
});
