import { bureau, confirmed, decide, liftRestriction, police, privacyIn, restrict, untouched } from '../testing/privacy-story';
import { denialOf, privacyOf } from './privacy-status';

const name = { whose: 'person', subject: '5f0d2c1e-0000-4000-8000-000000000001', class: 'identity', version: 1 } as const;

describe('restricting processing', () => {
  const restricted = untouched().and(restrict);
  it('denies every value and keeps every key', () => {
    expect(privacyOf(privacyIn(restricted))).toEqual({ held: false, restricted: true, erasure: 'none', erased: [] });
    expect(denialOf(privacyIn(restricted), name)).toBe('restricted');
  });
  it('happens once', () => expect(restricted.when(restrict).events).toEqual([]));
  it('is done by the agency that answers for the case, or one above it', () => {
    expect(untouched().when({ ...restrict, by: bureau }).events).toHaveLength(1);
    expect(untouched().refusal({ ...restrict, by: police })).toBe('ACT-WRONG-AGENCY');
  });
  it('does not stand in the way of an erasure', () => expect(restricted.when(decide()).events).toHaveLength(1));
});

describe('lifting the restriction', () => {
  const restricted = untouched().and(restrict);
  it('shows the values again', () => expect(denialOf(privacyIn(restricted.and(liftRestriction)), name)).toBeUndefined());
  it('shows nothing that was confirmed for erasure', () =>
    expect(denialOf(privacyIn(confirmed().and(restrict).and(liftRestriction)), name)).toBe('erased'));
  it('changes nothing where none is in force', () => expect(restricted.and(liftRestriction).when(liftRestriction).events).toEqual([]));
  it('is not for others', () => expect(restricted.refusal({ ...liftRestriction, by: police })).toBe('ACT-WRONG-AGENCY'));
});
