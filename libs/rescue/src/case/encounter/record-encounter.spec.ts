import { ask, encounter, found, nothingYet, stateOf } from '../../testing/reception-story';
import type { GiveNotice } from '../reception/give-notice';

describe('somebody is found on the street', () => {
  it('the finder has custody from that moment on, and the place is known', () => {
    const state = stateOf(nothingYet().when(encounter()));
    expect(state.custody).toEqual({
      holder: 'taicang-police',
      line: [{ agency: 'taicang-police', from: '2020-10-12T08:40:00+08:00', until: null }],
    });
    expect(state).toMatchObject({
      location: 'STREET',
      foundIn: '320585',
      owner: null,
      encounter: { recorded: true, by: 'taicang-police' },
    });
  });
  it.each([
    ['mobility-limited', ['MOBILITY'], { needsEscort: true, acutelyIll: false, minor: false, limitedCapacity: false }],
    ['disabled', ['DISABLED'], { needsEscort: true }],
    ['healthy', ['HEALTHY'], { needsEscort: false, hospitalFirst: false }],
    ['acutely ill', ['ACUTE_ILL'], { needsEscort: false, acutelyIll: true, hospitalFirst: true }],
    ['a suspected mental patient', ['SUSP_MENTAL'], { limitedCapacity: true, hospitalFirst: true, acutelyIll: false }],
    ['a minor', ['MINOR'], { needsEscort: true, minor: true, under16: null }],
  ] as const)('who is %s gets the facts that later rules need', (_who, conditions, facts) => {
    expect(nothingYet().when(encounter({ conditions })).events).toMatchObject([{ type: 'EncounterRecorded', data: facts }]);
  });
  it.each([
    ['UNDER_7', { minor: true, under16: true, needsEscort: true }],
    ['FROM_7_TO_18', { minor: true, under16: null, needsEscort: true }],
    ['FROM_19_TO_59', { minor: false, under16: false, needsEscort: false }],
    ['FROM_60', { minor: false, under16: false, needsEscort: true }],
    ['UNKNOWN', { minor: null, under16: null, needsEscort: false }],
  ] as const)('an apparent age of %s is taken as seen until the identity says otherwise', (apparentAgeBand, facts) => {
    const told = nothingYet().when(encounter({ conditions: [], apparentAgeBand }));
    expect(stateOf(told).person).toMatchObject(facts);
  });
  it('a place that never was a division is refused', () =>
    expect(nothingYet().refusal(encounter({ place: { division: '999999' } }))).toBe('unknown-division'));
  it('a division that was retired before that day is refused', () =>
    expect(nothingYet().refusal(encounter({ place: { division: '522401' } }))).toBe('division-not-in-force'));
  it('a village committee does not record it', () =>
    expect(nothingYet().refusal({ ...encounter(), by: 'fengyang-village' })).toBe('ACT-WRONG-KIND'));
  it('a second finding begins a case of its own', () => expect(found().refusal(encounter())).toBe('ACT-ALREADY-OPEN'));
  it('nothing else begins a case, but a request for help', () =>
    expect(
      nothingYet().refusal(
        ask<GiveNotice>('taicang-station', '2020-10-12T09:00:00+08:00', 'GiveNotice', { mode: 'ORAL', textVersion: 'v1' }),
      ),
    ).toBe('ACT-NOT-OPEN'));
});
