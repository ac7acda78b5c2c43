import type { Asked } from '../../testing/given';
import { admitted, ask, found, nothingYet, request, stateOf } from '../../testing/reception-story';
import type { PersonCategory, SetSpecialCategories } from './set-special-categories';

const now = '2020-10-13T10:00:00+08:00';
const set = (categories: readonly PersonCategory[], by = 'taicang-station'): Asked<SetSpecialCategories> =>
  ask<SetSpecialCategories>(by, now, 'SetSpecialCategories', { categories, evidence: '诊断证明' });
const walkIn = (): ReturnType<typeof found> => nothingYet().and(request({ arrivalMode: 'SELF' }));

describe('special categories', () => {
  it.each([
    ['MENTAL', true, true],
    ['ALZHEIMER', true, true],
    ['INTELLECTUAL', true, true],
    ['PHYSICAL', false, true],
    ['LONE_ELDERLY', false, true],
    ['REPEAT', false, false],
    ['DOMESTIC_VIOLENCE', false, false],
  ] as const)('%s: may not leave alone %s, needs an escort %s', (category, limitedCapacity, needsEscort) =>
    expect(stateOf(walkIn().when(set([category]))).person).toMatchObject({ limitedCapacity, needsEscort }),
  );
  it('add to what was seen before and take nothing back', () =>
    expect(
      stateOf(
        walkIn()
          .and(set(['MENTAL']))
          .when(set(['REPEAT'])),
      ).person,
    ).toMatchObject({ limitedCapacity: true, needsEscort: true }));
  it('are set by who cares for the person, in care', () => {
    expect(admitted().refusal(set(['MENTAL'], 'taicang-hospital'))).toBe('ACT-WRONG-AGENCY');
    expect(admitted().refusal(set(['MENTAL'], 'taicang-police'))).toBe('ACT-WRONG-KIND');
    expect(found().refusal(set(['MENTAL']))).toBe('ACT-WRONG-AGENCY');
  });
});
