import type { Case } from '../case';
import { confirmed, personIn } from '../../testing/person-in';
import type { Asked } from '../../testing/given';
import type { ReleaseToRelatives } from './release-to-relatives';

const now = '2020-11-13T10:00:00+08:00';
const release = (data: Partial<ReleaseToRelatives['data']> = {}): Asked<ReleaseToRelatives> => ({
  by: 'taicang-station',
  now,
  type: 'ReleaseToRelatives',
  data: { name: '周母', relation: 'PARENT', idNumber: '411421199305160024', idChecked: true, copyKept: true, ...data },
});
/** The boy of SC-6: 11 years old, of Minquan. */
const boy = (): ReturnType<typeof personIn> =>
  personIn('IN_STATION', {
    person: { minor: true, under16: true, limitedCapacity: false, needsEscort: true },
    identity: confirmed('411421'),
  });

describe('relatives collect the person', () => {
  it('a minor is handed to the mother after her papers were checked, and feedback to the home county is due', () => {
    const { events, situation } = boy().when(release());
    expect(events).toMatchObject([
      { type: 'ReleasedToRelatives', data: { departure: 'leaving-1', copyKept: true } },
      { type: 'FeedbackDue', data: { mode: 'COLLECTED', destination: '411421', addressee: 'minquan-station' } },
    ]);
    const state = situation.state as Case;
    expect(state).toMatchObject({ location: 'LEFT', custody: { holder: null }, leaving: { mode: 'COLLECTED' } });
  });
  it('unchecked papers are refused', () => expect(boy().refusal(release({ idChecked: false }))).toBe('LEV-RELATIVE-UNCHECKED'));
  it('a person in hospital can be collected there', () =>
    expect(personIn('IN_HOSPITAL').when(release()).events[0]?.type).toBe('ReleasedToRelatives'));
  it('a missing person cannot be collected', () => expect(personIn('MISSING').refusal(release())).toBe('illegal-transition'));
  it('another station does not record it', () => expect(boy().refusal({ ...release(), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('stays quiet the second time', () => expect(boy().and(release()).when(release()).events).toEqual([]));
});
