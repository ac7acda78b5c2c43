import { noCase, type Case } from '../case';
import { beforeDeparture, due, leave, loopOf, openDuties, sc1Departure } from '../../testing/loop-story';
import { confirmed } from '../../testing/person-in';
import type { Departure } from './feedback-due';

const on = (day: string, changes: Partial<Departure> = {}): Departure => ({
  departure: 'leaving-1',
  at: `${day}T09:00:00+08:00`,
  expectedArrival: `${day}T18:00:00+08:00`,
  mode: 'SELF_WITH_VOUCHER',
  ...changes,
});
const outcomeOf = (changes: Partial<Case>, departure: Departure, by = 'taicang-station') =>
  beforeDeparture({ owner: by, ...changes }).when(leave(by, departure));
const none = (changes: Partial<Case>, departure = on('2020-10-16')) => outcomeOf(changes, departure).events;

describe('feedback becomes due', () => {
  it('when somebody leaves home to another county: the county station is the addressee (SC-1, due 10-23)', () => {
    const { events, duties } = beforeDeparture().when(leave('taicang-station', sc1Departure));
    expect(events).toMatchObject([
      {
        type: 'FeedbackDue',
        data: {
          loopId: 'loop-1',
          sender: 'taicang-station',
          addressee: 'fengyang-station',
          addresseeReason: 'STATION_OF_COUNTY',
          identityVersion: 1,
        },
      },
    ]);
    expect(duties).toEqual(['opened D-F1-1 taicang-station→fengyang-station until 2020-10-24T00:00:00+08:00']);
  });
  it('the case owner owes it, not the relay station that carried the person (SC-2, due 11-13)', () => {
    const { duties } = outcomeOf(
      { identity: confirmed('411628'), foundIn: '320281' },
      on('2020-11-06', { mode: 'ESCORTED_CROSS_PROVINCE' }),
      'jiangyin-station',
    );
    expect(duties).toEqual(['opened D-F1-1 jiangyin-station→luyi-civil-affairs until 2020-11-14T00:00:00+08:00']);
  });
  it('where no station is established civil affairs is the addressee, also for a return without escort (SC-4, due 11-06)', () => {
    const { events, duties } = outcomeOf({ identity: confirmed('411628') }, on('2020-10-30'));
    expect(events).toMatchObject([{ data: { addressee: 'luyi-civil-affairs', addresseeReason: 'STATION_NOT_ESTABLISHED' } }]);
    expect(duties).toEqual(['opened D-F1-1 taicang-station→luyi-civil-affairs until 2020-11-07T00:00:00+08:00']);
  });
  it('for a child collected by the mother (SC-6, due 11-20)', () =>
    expect(outcomeOf({ identity: confirmed('411421') }, on('2020-11-13', { mode: 'COLLECTED' })).duties).toEqual([
      'opened D-F1-1 taicang-station→minquan-station until 2020-11-21T00:00:00+08:00',
    ]));
  it('a merged county is followed to its successor (SC-10a, due 12-04)', () =>
    expect(outcomeOf({ identity: confirmed('320611'), foundIn: '110105' }, on('2020-11-27'), 'chaoyang-station').duties).toEqual([
      'opened D-F1-1 chaoyang-station→chongchuan-station until 2020-12-05T00:00:00+08:00',
    ]));
  it('a split county has no single addressee: an officer chooses, and the duty runs anyway (SC-10b)', () => {
    const { events, duties } = outcomeOf({ identity: confirmed('330104') }, on('2021-06-20'));
    expect(events).toMatchObject([{ data: { addressee: null, addresseeReason: 'AMBIGUOUS', candidates: ['330102', '330114'] } }]);
    expect(duties[0]).toContain('D-F1-1 taicang-station→RECORD');
  });
  it('once for a departure', () => {
    const story = due();
    expect(story.when(leave('taicang-station', sc1Departure)).events).toEqual([]);
    expect(story.when(leave('taicang-station', { ...sc1Departure, departure: 'dispatch-2' })).events).toMatchObject([
      { data: { loopId: 'loop-2', departure: 'dispatch-2' } },
    ]);
  });
});

describe('no feedback becomes due', () => {
  it('while the identity is not confirmed', () =>
    expect(none({ identity: { ...confirmed('341126'), phase: 'RETRACTED', current: null } })).toEqual([]));
  it('for a local household', () => expect(none({ identity: { ...confirmed('341126'), localTownship: 'shaxi-township' } })).toEqual([]));
  it('for a home in the county of the station', () => expect(none({ identity: confirmed('320585') })).toEqual([]));
  it('for a home in the same municipality where the policy says so (Beijing)', () =>
    expect(outcomeOf({ identity: confirmed('110102'), foundIn: '110105' }, on('2020-10-16'), 'chaoyang-station').events).toEqual([]));
  it('before a station owns the case', () =>
    expect(beforeDeparture({ owner: null }).when(leave('taicang-station', sc1Departure)).events).toEqual([]));
  it.each(['LEFT_WITHOUT_NOTICE', 'TERMINATED', 'POLICE', 'DEATH', 'SETTLED_WITH_HUKOU', 'LOCAL_TOWNSHIP', 'SELF'] as const)(
    'for who left as %s',
    (mode) => expect(none({}, on('2020-10-16', { mode }))).toEqual([]),
  );
});

it('the loop keeps what it was due for', () => {
  expect(noCase.feedback.opened).toBe(0);
  expect(loopOf(due())).toMatchObject({
    phase: 'DUE',
    departure: 'dispatch-1',
    destination: '341126',
    departedAt: sc1Departure.at,
    letterId: null,
  });
  expect(openDuties(due())).toEqual(['D-F1-1']);
});
