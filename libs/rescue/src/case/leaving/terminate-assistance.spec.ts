import type { Case, PersonFacts } from '../case';
import { personIn } from '../../testing/person-in';
import type { Asked } from '../../testing/given';
import type { TerminateAssistance } from './terminate-assistance';

const end: Asked<TerminateAssistance> = {
  by: 'taicang-station',
  now: '2020-10-20T09:00:00+08:00',
  type: 'TerminateAssistance',
  data: { noticeNumber: '太救终2020-7', reason: 'REFUSES_FACTS' },
};
const person = (facts: Partial<PersonFacts>): Partial<Case> => ({
  person: { minor: false, under16: false, limitedCapacity: false, needsEscort: false, ...facts },
});

describe('the station ends its help', () => {
  it('with a notice and a reason; no feedback is due', () => {
    const { events, situation } = personIn('IN_STATION').when(end);
    expect(events).toEqual([{ type: 'AssistanceTerminated', data: end.data }]);
    expect(situation.state as Case).toMatchObject({ location: 'LEFT', custody: { holder: null }, leaving: { mode: 'TERMINATED' } });
  });
  it('never for a minor', () => expect(personIn('IN_STATION', person({ minor: true })).refusal(end)).toBe('LEV-NO-CAPACITY'));
  it('never for a person with signs of impairment', () =>
    expect(personIn('IN_STATION', person({ limitedCapacity: true })).refusal(end)).toBe('LEV-NO-CAPACITY'));
  it('not after the person has left by itself', () => {
    const leave = {
      by: 'taicang-station',
      now: '2020-10-19T09:00:00+08:00',
      type: 'DeclareSelfDeparture',
      data: { mode: 'SELF', statement: '自愿' },
    };
    expect(personIn('IN_STATION').and(leave).refusal(end)).toBe('illegal-transition');
  });
  it('another station does not', () => expect(personIn('IN_STATION').refusal({ ...end, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('stays quiet the second time', () => expect(personIn('IN_STATION').and(end).when(end).events).toEqual([]));
});
