import type { Case } from '../case';
import { personIn } from '../../testing/person-in';
import type { Asked, Story } from '../../testing/given';
import { departed, dispatchOf } from '../../testing/return-story';

const by = 'taicang-station';
/** SC-13: absence discovered at 14:05. */
const missing: Asked = { by, now: '2020-12-21T14:05:00+08:00', type: 'DetectAbsence', data: { lastSeenAt: '2020-12-21T13:30:00+08:00' } };
const found: Asked = { by, now: '2020-12-21T18:30:00+08:00', type: 'RecordPersonFound', data: { place: '汽车站' } };
const closeSearch: Asked = {
  by: 'taicang-police',
  now: '2021-01-20T09:00:00+08:00',
  type: 'ClosePoliceSearch',
  data: { closingNumber: '太公结〔2021〕3' },
};
const conclude: Asked = { by, now: '2021-01-21T09:00:00+08:00', type: 'ConcludeAbsence', data: {} };
const adult = (): Story => personIn('IN_STATION').and(missing);
/** The woman with dementia. */
const withoutCapacity = (): Story =>
  personIn('IN_STATION', { person: { minor: false, under16: false, limitedCapacity: true, needsEscort: true } }).and(missing);

describe('a person goes missing', () => {
  it('the case says so and keeps where the person was; custody stays', () =>
    expect(adult().situation.state as Case).toMatchObject({
      location: 'MISSING',
      locationBefore: 'IN_STATION',
      custody: { holder: 'taicang-station' },
      leaving: { missingSince: '2020-12-21T14:05:00+08:00' },
    }));
  it.each(['IN_STATION', 'IN_HOSPITAL', 'IN_TRANSIT'] as const)('from %s, and is found back there', (location) => {
    const { state } = personIn(location).and(missing).and(found).situation;
    expect(state as Case).toMatchObject({ location, locationBefore: null, leaving: { missingSince: null } });
  });
  it('is not seen after having gone missing', () =>
    expect(personIn('IN_STATION').refusal({ ...missing, data: { lastSeenAt: '2020-12-21T15:00:00+08:00' } })).toBe('TIM-ORDER'));
  it('nobody is missing who has left', () => expect(personIn('LEFT').refusal(missing)).toBe('illegal-transition'));
  it('another station does not record it', () =>
    expect(personIn('IN_STATION').refusal({ ...missing, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('stays quiet the second time', () => expect(adult().when(missing).events).toEqual([]));
});

describe('the person is found again', () => {
  it('not before having gone missing', () => expect(adult().refusal({ ...found, at: '2020-12-21T13:00:00+08:00' })).toBe('TIM-ORDER'));
  it('nobody is found who was never missing', () => expect(personIn('IN_STATION').refusal(found)).toBe('illegal-transition'));
  it('stays quiet the second time', () => expect(adult().and(found).when(found).events).toEqual([]));
  it('can go missing once more', () => {
    const again = { ...missing, now: '2020-12-23T09:00:00+08:00', data: { lastSeenAt: '2020-12-23T08:00:00+08:00' } };
    expect(
      adult()
        .and(found)
        .and(again)
        .and({ ...found, now: '2020-12-23T10:00:00+08:00' }).situation.state as Case,
    ).toMatchObject({
      location: 'IN_STATION',
    });
  });
});

describe('the absence is concluded', () => {
  it('an adult with capacity has left without notice; no feedback is due', () => {
    const { events, situation } = adult().when(conclude);
    expect(events.map(({ type }) => type)).toEqual(['AbsenceConcluded']);
    expect(situation.state as Case).toMatchObject({
      location: 'LEFT',
      custody: { holder: null },
      leaving: { mode: 'LEFT_WITHOUT_NOTICE', missingSince: null },
    });
  });
  it('without capacity only after the police end their search (SC-13)', () => {
    expect(withoutCapacity().refusal(conclude)).toBe('LEV-POLICE-OPEN');
    expect(withoutCapacity().and(closeSearch).when(conclude).events).toHaveLength(1);
  });
  it('a person whose age nobody knows is not taken for an adult', () => {
    const unknown = { person: { minor: null, under16: null, limitedCapacity: false, needsEscort: false } };
    expect(personIn('IN_STATION', unknown).and(missing).refusal(conclude)).toBe('LEV-POLICE-OPEN');
  });
  it('an earlier search that ended does not count for a later absence', () => {
    const again = { ...missing, now: '2021-01-20T12:00:00+08:00', data: { lastSeenAt: '2021-01-20T11:00:00+08:00' } };
    const foundLate = { ...found, now: '2021-01-20T10:00:00+08:00' };
    expect(withoutCapacity().and(closeSearch).and(foundLate).and(again).refusal(conclude)).toBe('LEV-POLICE-OPEN');
  });
  it('on the way home, the feedback that the departure made due falls with the journey', () => {
    const lost = {
      ...missing,
      by: 'taicang-station',
      now: '2020-10-16T12:00:00+08:00',
      data: { lastSeenAt: '2020-10-16T11:00:00+08:00' },
    };
    const outcome = departed()
      .and(lost)
      .when({ ...conclude, now: '2020-10-17T09:00:00+08:00' });
    expect(outcome.events).toMatchObject([
      { type: 'AbsenceConcluded' },
      { type: 'LoopCancelled', data: { loopId: 'loop-1', why: 'ABORTED', letterOut: false } },
    ]);
    expect(outcome.duties).toContain('lapsed D-F1-1');
    expect(dispatchOf(outcome).phase).toBe('ABORTED');
  });
  it('nobody who is there has left', () => expect(personIn('IN_STATION').refusal(conclude)).toBe('illegal-transition'));
  it('stays quiet the second time', () => expect(adult().and(conclude).when(conclude).events).toEqual([]));
});

describe('the police end their search', () => {
  it('the station may record it from their paper', () => expect(adult().when({ ...closeSearch, by }).events).toHaveLength(1));
  it('another station may not', () => expect(adult().refusal({ ...closeSearch, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('there is no search while nobody is missing', () => expect(personIn('IN_STATION').refusal(closeSearch)).toBe('illegal-transition'));
  it('stays quiet the second time', () => expect(adult().and(closeSearch).when(closeSearch).events).toEqual([]));
});
