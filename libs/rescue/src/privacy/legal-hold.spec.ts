import { given } from '../testing/given';
import {
  bureau,
  confirmed,
  decide,
  decided,
  destroyed,
  confirm,
  hold,
  liftHold,
  police,
  privacyIn,
  start,
  started,
  station,
  untouched,
} from '../testing/privacy-story';
import { privacyStream } from './catalogue';
import { privacyOf } from './privacy-status';

describe('a legal hold', () => {
  it('is placed by an agency that takes part in the case, with its reason and clause', () => {
    const { events, situation } = untouched().when(hold('hold-1', { by: police }));
    expect(events).toEqual([{ type: 'LegalHoldPlaced', data: { holdId: 'hold-1', reason: 'CRIMINAL_CASE', legalBasis: 'CPL-54' } }]);
    expect(privacyOf(privacyIn({ situation })).held).toBe(true);
  });
  it('is placed by an agency above the case-owning station, too', () =>
    expect(untouched().when(hold('hold-1', { by: bureau })).events).toHaveLength(1));
  it('is not placed by an agency that has nothing to do with the case', () =>
    expect(untouched().refusal(hold('hold-1', { by: 'wuxi-station' }))).toBe('ACT-WRONG-AGENCY'));
  it('is not placed by a hospital', () => expect(untouched().refusal(hold('hold-1', { by: 'taicang-hospital' }))).toBe('ACT-WRONG-KIND'));
  it('takes an id that was never used', () => expect(untouched().and(hold()).refusal(hold())).toBe('ID-TAKEN'));
  it('wants a case to be about', () => expect(given(privacyStream).refusal(hold())).toBe('unknown-reference'));
});

describe('several holds', () => {
  const two = untouched()
    .and(hold('hold-1', { by: police }))
    .and(hold('hold-2'));
  it('keep the data until the last one is lifted', () => {
    const one = two.and(liftHold('hold-2'));
    expect(privacyOf(privacyIn(one)).held).toBe(true);
    expect(privacyOf(privacyIn(one.and(liftHold('hold-1', { by: police })))).held).toBe(false);
  });
  it('each is lifted by the agency that placed it, or by one above it', () => {
    expect(two.refusal(liftHold('hold-1'))).toBe('ACT-WRONG-AGENCY');
    expect(two.when(liftHold('hold-2', { by: bureau })).events).toHaveLength(1);
  });
  it('lifting a second time changes nothing', () => expect(two.and(liftHold('hold-2')).when(liftHold('hold-2')).events).toEqual([]));
  it('lifting one that was never placed is refused', () => expect(two.refusal(liftHold('hold-3'))).toBe('unknown-reference'));
});

describe('a hold beats erasure', () => {
  it('nothing is decided while it is in force', () => expect(untouched().and(hold()).refusal(decide())).toBe('PRV-HELD'));
  it('nothing is confirmed while it is in force', () => expect(decided().and(hold()).refusal(confirm())).toBe('PRV-HELD'));
  it('also between confirmation and the first key: no key is destroyed, and the erasure goes on when the hold is lifted', () => {
    const held = confirmed().and(hold());
    expect(held.refusal(start())).toBe('PRV-HELD');
    expect(held.and(liftHold()).when(start()).events).toHaveLength(1);
  });
  it('one that comes while keys are being destroyed comes too late', () => expect(started().refusal(hold())).toBe('PRV-TOO-LATE'));
  it('one that comes afterwards keeps what is left', () => {
    const held = destroyed().and(hold('hold-9', { by: station }));
    expect(privacyOf(privacyIn(held)).held).toBe(true);
  });
});
