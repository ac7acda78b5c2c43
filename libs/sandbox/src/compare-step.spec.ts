import type { CaseView } from './case-view';
import { differencesOf, keyOfDuty, type Seen } from './compare-step';
import type { Expectation } from './story';

const after: CaseView = {
  caseId: 'c',
  version: 9,
  location: 'LEFT',
  holder: 'fengyang-station',
  duties: [
    {
      dutyId: 'D-F2-1',
      key: 'D-F2',
      owedBy: 'fengyang-station',
      owedTo: 'taicang-station',
      dueAt: '2020-10-27T00:00:00+08:00',
      breached: false,
    },
  ],
  breaches: [{ key: 'D-F1', about: 'loop-1' }],
  loops: { 'loop-1': { phase: 'DELIVERED' } },
};
const seen: Seen = {
  noted: [
    { id: 'e1', type: 'LetterDelivered' },
    { id: 'e2', type: 'DutyDischarged', dutyId: 'D-F1-1' },
    { id: 'e3', type: 'DutyOpened', dutyId: 'D-F2-1' },
    { id: 'e4', type: 'DutyLapsed', dutyId: 'D-F12-1' },
  ],
  facts: { LetterDelivered: { loopId: 'loop-1', proof: { kind: 'EMS', number: 1 } } },
  after,
};
const differences = (then: Expectation, again = false): readonly string[] => differencesOf(then, seen, again);

describe('Comparing a step with its story', () => {
  it('what is as the story tells is no difference', () =>
    expect(
      differences({
        events: ['LetterDelivered'],
        facts: { LetterDelivered: { loopId: 'loop-1', proof: { number: 1, kind: 'EMS' } } },
        custody: 'fengyang-station',
        location: 'LEFT',
        due: { 'D-F2': '2020-10-26 24:00', 'D-F2-1': '2020-10-26 24:00' },
        owes: { 'D-F2': 'fengyang-station' },
        met: ['D-F1'],
        breached: ['D-F1'],
        loops: { 'loop-1': 'DELIVERED' },
        none: ['D-F1', 'D-F3'],
        open: ['D-F2'],
      }),
    ).toEqual([]));

  it.each<[string, Expectation]>([
    ['events', { events: ['LetterIssued'] }],
    ['events in another order', { events: ['LetterDelivered', 'LetterDelivered'] }],
    ['a field of an event', { facts: { LetterDelivered: { loopId: 'loop-2' } } }],
    ['a field that the event lacks', { facts: { LetterDelivered: { colour: 'red' } } }],
    ['an event that was not recorded', { facts: { LoopClosed: { loopId: 'loop-1' } } }],
    ['custody', { custody: 'taicang-station' }],
    ['custody of nobody', { custody: 'nobody' }],
    ['location', { location: 'IN_STATION' }],
    ['a due date', { due: { 'D-F2': '2020-10-27 24:00' } }],
    ['a duty that is not open', { due: { 'D-F1': '2020-10-23 24:00' } }],
    ['a debtor', { owes: { 'D-F2': 'taicang-station' } }],
    ['a duty that was not discharged', { met: ['D-F2'] }],
    ['a duty that lapsed and was not discharged', { met: ['D-F12'] }],
    ['a breach that the story does not know', { breached: [] }],
    ['a breach that did not happen', { breached: ['D-F1', 'D-F2'] }],
    ['the phase of a loop', { loops: { 'loop-1': 'CLOSED' } }],
    ['a loop that there is not', { loops: { 'loop-2': 'DUE' } }],
    ['a duty that should not be open', { none: ['D-F2'] }],
    ['open duties that the story does not know', { open: [] }],
  ])('%s', (_what, then) => expect(differences(then)).toHaveLength(1));

  it('a difference tells what was expected and what was found', () =>
    expect(differences({ due: { 'D-F2': '2020-10-27 24:00' }, custody: 'nobody' })).toEqual([
      'D-F2: expected due 2020-10-27 24:00, found 2020-10-26 24:00',
      'custody: expected "nobody", found "fengyang-station"',
    ]));

  it('a step that was recorded earlier is asked only for its own events: the case has gone on', () => {
    expect(differences({ custody: 'nobody', due: { 'D-F9': '2020-10-27 24:00' }, open: [], met: ['D-F1'] }, true)).toEqual([]);
    expect(differences({ events: [], met: ['D-F2'] }, true)).toHaveLength(2);
  });

  it('a kind of duty is not mistaken for another that begins alike', () => {
    expect(keyOfDuty('D-F12-1')).toBe('D-F12');
    expect(differences({ met: ['D-F'] })).toHaveLength(1);
  });
});
