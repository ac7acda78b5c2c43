import { isLocal } from './is-local';

const at = '2020-11-20T08:00:00+08:00';

describe('what counts as this city', () => {
  it.each([
    ['the same county', '320585', '320585', true],
    ['another county of the same prefecture, where the policy says county', '320506', '320585', false],
    ['another district of the municipality, where the policy says prefecture', '110106', '110105', true],
    ['another province, where the policy says prefecture', '411421', '110105', false],
    ['a county of the prefecture in which, as a whole, the person was found', '320585', '320500', true],
    ['a county of another prefecture', '320281', '320500', false],
    ['a retired code whose one successor is this county', '320684', '320614', true],
    ['a code that never was', '999999', '320585', false],
  ])('%s', (_what, household, foundIn, local) => expect(isLocal(household, foundIn, at)).toBe(local));

  it('a county that was split is local only where all its successors are', () => {
    const later = '2021-06-20T08:00:00+08:00';
    expect(isLocal('330104', '330102', later)).toBe(false);
    expect(isLocal('330104', '330100', later)).toBe(true);
  });
  it('where nobody knows the place of finding nothing is local', () => expect(isLocal('320585', null, at)).toBe(false));
});
