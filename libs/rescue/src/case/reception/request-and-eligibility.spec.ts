import type { Asked, Story } from '../../testing/given';
import { ask, atStation, eligible, found, handedOver, nothingYet, registered, request, safe, stateOf } from '../../testing/reception-story';
import { admit, admitted } from '../../testing/reception-story';
import type { DecideEligibility } from './decide-eligibility';
import type { GiveNotice } from './give-notice';
import type { RecordInitialCheck } from './record-initial-check';
import type { RefuseAssistance } from './refuse-assistance';

const station = 'taicang-station';
const now = '2020-10-12T10:00:00+08:00';
const decide = (data: DecideEligibility['data']): Asked<DecideEligibility> =>
  ask<DecideEligibility>(station, now, 'DecideEligibility', data);
const notEligible = decide({ eligible: false, ground: 'HAS_MEANS', helpFirst: false });
const refuse = ask<RefuseAssistance>(station, now, 'RefuseAssistance', {
  noticeNumber: '2020-17',
  reason: '有能力自行解决食宿',
  told: true,
});

describe('a request for help is registered', () => {
  it('a walk-in begins a case, found where the station is, owned and held by the station', () => {
    const told = nothingYet().when(request({ arrivalMode: 'SELF' }));
    expect(stateOf(told)).toMatchObject({ location: 'REGISTERED', owner: station, foundIn: '320585', custody: { holder: station } });
  });
  it('who was escorted stays in the custody that the signature gave, and where the police found the person', () => {
    const state = stateOf(found({ place: { division: '320506' } }));
    expect(state.foundIn).toBe('320506');
    const registration = handedOver(found({ place: { division: '320506' } }), {
      kind: 'POLICE_STATION',
      from: 'taicang-police',
      to: station,
      now: '2020-10-12T09:25:00+08:00',
    }).when(request());
    expect(stateOf(registration)).toMatchObject({ owner: station, foundIn: '320506' });
    expect(stateOf(registration).custody.line).toHaveLength(2);
  });
  it('a child at the door is known as a minor from then on', () =>
    expect(stateOf(nothingYet().when(request({ apparentAgeBand: 'UNDER_7' }))).person).toMatchObject({ minor: true, under16: true }));
  it('while the police still have the person they hand over first', () => expect(found().refusal(request())).toBe('HND-NOT-IN-CUSTODY'));
  it('a second station cannot register the same case', () =>
    expect(registered().refusal({ ...request(), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('police do not register requests', () => expect(found().refusal({ ...request(), by: 'taicang-police' })).toBe('ACT-WRONG-KIND'));
  it('family took the person: there is nobody to register', () => {
    const gone = found().and(
      ask('taicang-police', '2020-10-12T08:50:00+08:00', 'HandToFamilyOrUnit', {
        receiver: { name: '李某', relation: 'SIBLING' },
        guardianshipUrged: true,
      }),
    );
    expect(gone.refusal(request())).toBe('illegal-transition');
  });
  it('stays quiet the second time', () => expect(registered().when(request()).events).toEqual([]));
});

describe('the notice about personal data', () => {
  const notice = (mode: GiveNotice['data']['mode']): Asked<GiveNotice> =>
    ask<GiveNotice>(station, now, 'GiveNotice', { mode, textVersion: '2020-1' });
  it('is given once', () => {
    expect(registered().when(notice('ORAL')).events).toHaveLength(1);
    expect(registered().and(notice('ORAL')).when(notice('WRITTEN')).events).toEqual([]);
  });
  it('a deferred one is still to be given', () => expect(registered().and(notice('DEFERRED')).when(notice('ORAL')).events).toHaveLength(1));
  it('is given by the owner', () => expect(registered().refusal({ ...notice('ORAL'), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
});

describe('the initial check', () => {
  const check = (data: Partial<RecordInitialCheck['data']>): Asked<RecordInitialCheck> =>
    ask<RecordInitialCheck>(station, now, 'RecordInitialCheck', { findings: ['HEALTHY'], action: 'NONE', ...data });
  it('notes signs that forbid leaving alone', () =>
    expect(stateOf(registered().when(check({ findings: ['SUSP_INTELLECT'] }))).person.limitedCapacity).toBe(true));
  it('does not take back what was seen before', () => expect(stateOf(registered().when(check({}))).person.needsEscort).toBe(true));
  it('an illness asks for hospital, emergency service or police', () => {
    expect(registered().refusal(check({ findings: ['SUSP_INFECT'] }))).toBe('validation-failed');
    expect(registered().when(check({ findings: ['SUSP_INFECT'], action: 'HOSPITAL' })).events).toMatchObject([{ data: { ill: true } }]);
  });
  it('is made where the person is', () => expect(registered().and(notEligible).and(refuse).refusal(check({}))).toBe('illegal-transition'));
  it('is made by the owner', () => expect(registered().refusal({ ...check({}), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
});

describe('the safety check', () => {
  it('stays quiet the second time, and records a change of mind', () => {
    expect(registered().and(safe).when(safe).events).toEqual([]);
    expect(
      registered()
        .and(safe)
        .when({ ...safe, data: { passed: false } }).events,
    ).toHaveLength(1);
  });
  it('is made by the owner', () => expect(registered().refusal({ ...safe, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('is not made of who was refused', () => expect(registered().and(notEligible).and(refuse).refusal(safe)).toBe('illegal-transition'));
});

describe('eligibility', () => {
  const after = (story: Story, asked: Asked): string => stateOf(story.when(asked)).reception.eligibility;
  it('is granted, refused, or help comes first', () => {
    expect(after(registered(), eligible)).toBe('ELIGIBLE');
    expect(after(registered(), notEligible)).toBe('NOT_ELIGIBLE');
    expect(after(registered(), decide({ eligible: false, ground: 'HELP_FIRST', helpFirst: true }))).toBe('HELP_FIRST');
  });
  it.each([
    { eligible: true, ground: 'HAS_MEANS', helpFirst: false },
    { eligible: false, ground: 'WITHOUT_MEANS', helpFirst: false },
    { eligible: true, ground: 'WITHOUT_MEANS', helpFirst: true },
    { eligible: true, ground: 'HELP_FIRST', helpFirst: false },
  ] as const)('the ground must carry the decision: %j', (data) => expect(registered().refusal(decide(data))).toBe('validation-failed'));
  it('may be decided anew', () => expect(after(registered().and(notEligible), eligible)).toBe('ELIGIBLE'));
  it('is decided by the owner, and before the end', () => {
    expect(registered().refusal({ ...eligible, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(registered().and(notEligible).and(refuse).refusal(eligible)).toBe('illegal-transition');
  });
  it('stays quiet the second time', () => expect(registered().and(eligible).when(eligible).events).toEqual([]));
});

describe('assistance is refused', () => {
  it('with a notice and a reason, and custody ends', () =>
    expect(stateOf(registered().and(notEligible).when(refuse))).toMatchObject({ location: 'REFUSED', custody: { holder: null } }));
  it('only to who was decided not eligible', () => {
    expect(registered().refusal(refuse)).toBe('illegal-transition');
    expect(registered().and(eligible).refusal(refuse)).toBe('illegal-transition');
  });
  it('not to who was admitted: then help is terminated', () =>
    expect(admitted().and(notEligible).refusal(refuse)).toBe('illegal-transition'));
  it('by the owner', () =>
    expect(
      registered()
        .and(notEligible)
        .refusal({ ...refuse, by: 'wuxi-station' }),
    ).toBe('ACT-WRONG-AGENCY'));
  it('stays quiet the second time', () => expect(registered().and(notEligible).and(refuse).when(refuse).events).toEqual([]));
});

describe('what a request makes due', () => {
  it('the decision and the notice within 24 hours', () =>
    expect(atStation().when(request()).duties).toEqual([
      `opened D-C1-1 ${station}→PERSON until 2020-10-13T09:30:00+08:00`,
      `opened D-G12-1 ${station}→PERSON until 2020-10-13T09:30:00+08:00`,
    ]));
  it('the decision meets the first; late it is a breach', () => {
    expect(registered().when(eligible).duties).toEqual(['discharged D-C1-1']);
    expect(registered().when({ ...eligible, now: '2020-10-13T09:31:00+08:00' }).duties).toEqual([
      'breached D-C1-1',
      'discharged D-C1-1 late',
    ]);
  });
  it('a negative decision makes the written reasons due, which the notice of refusal meets', () => {
    expect(registered().when(notEligible).duties).toContain(`opened D-C2-1 ${station}→PERSON until 2020-10-13T10:00:00+08:00`);
    expect(registered().and(notEligible).when(refuse).duties).toEqual(['discharged D-C2-1']);
  });
  it('a decision in favour lets the reasons fall away', () =>
    expect(
      registered()
        .and(notEligible)
        .when({ ...eligible, now }).duties,
    ).toEqual(['lapsed D-C2-1']));
  it('a deferred notice does not meet the second, the given one does', () => {
    const give = (mode: string): Asked => ask(station, now, 'GiveNotice', { mode, textVersion: '2020-1' });
    expect(registered().when(give('DEFERRED')).duties).toEqual([]);
    expect(registered().when(give('TO_GUARDIAN')).duties).toEqual(['discharged D-G12-1']);
  });
});

describe('who is in the station already', () => {
  it('is not owed a refusal by a later negative decision', () =>
    expect(registered().and(eligible).and(safe).and(admit).when(notEligible).duties).toEqual([]));
});
