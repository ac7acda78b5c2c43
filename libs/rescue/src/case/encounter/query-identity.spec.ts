import { ask, found, nothingYet, request } from '../../testing/reception-story';
import type { Asked } from '../../testing/given';
import type { QueryIdentityOnScene } from './query-identity';

const query = (data: Partial<QueryIdentityOnScene['data']>, by = 'taicang-police'): Asked<QueryIdentityOnScene> =>
  ask<QueryIdentityOnScene>(by, '2020-10-12T08:50:00+08:00', 'QueryIdentityOnScene', { result: 'NO_HIT', ...data });
const hit = (householdDivision: string): Asked<QueryIdentityOnScene> => query({ result: 'HIT', householdDivision });

describe('the police query the identity on the spot', () => {
  it('without a hit nothing is known of the household', () =>
    expect(found().when(query({})).events).toEqual([{ type: 'OnSceneIdentityQueried', data: { result: 'NO_HIT', local: false } }]));
  it('a household in the same county-level city is local', () =>
    expect(found().when(hit('320585')).events).toMatchObject([{ data: { local: true } }]));
  it('a household in the same prefecture is not local where the policy says county', () =>
    expect(found().when(hit('320506')).events).toMatchObject([{ data: { local: false } }]));
  it('in Beijing the whole municipality is local', () => {
    const beijing = (): ReturnType<typeof found> =>
      nothingYet().and({
        ...ask('chaoyang-police', '2020-11-20T08:00:00+08:00', 'RecordEncounter', {
          place: { division: '110105' },
          source: 'POLICE_PATROL',
          apparentSex: 'MALE',
          apparentAgeBand: 'UNKNOWN',
          conditions: [],
        }),
      });
    const at = (division: string): Asked<QueryIdentityOnScene> => ({
      ...hit(division),
      by: 'chaoyang-police',
      now: '2020-11-20T08:10:00+08:00',
    });
    expect(beijing().when(at('110106')).events).toMatchObject([{ data: { local: true } }]);
    expect(beijing().when(at('411421')).events).toMatchObject([{ data: { local: false } }]);
  });
  it('a retired code on an old document is followed to its successor', () =>
    expect(found({ place: { division: '320614' }, conditions: [] }).when(hit('320684')).events).toMatchObject([{ data: { local: true } }]));
  it('a code that never was is refused', () => expect(found().refusal(hit('999999'))).toBe('unknown-division'));
  it('only a hit names a household', () =>
    expect(found().refusal(query({ result: 'AMBIGUOUS', householdDivision: '320585' }))).toBe('validation-failed'));
  it('only an answer names whom it matched', () =>
    expect(found().refusal(query({ matched: { name: '赵根生' } }))).toBe('validation-failed'));
  it('the township must be one', () =>
    expect(found().refusal(query({ result: 'HIT', township: 'taicang-station' }))).toBe('validation-failed'));
  it('other police than those who found the person do not query', () =>
    expect(found().refusal(query({}, 'jiangyin-police'))).toBe('ACT-WRONG-AGENCY'));
  it('police may come to the call of city management', () => {
    const story = nothingYet().and(urbanEncounter);
    expect(story.when(query({})).events).toHaveLength(1);
  });
  it('city management has no police platform', () => expect(found().refusal(query({}, 'taicang-urban'))).toBe('ACT-WRONG-KIND'));
  it('a walk-in was not found on the street', () =>
    expect(
      nothingYet()
        .and(request())
        .refusal({ ...query({}), now: '2020-10-12T10:00:00+08:00' }),
    ).toBe('illegal-transition'));
  it('stays quiet the second time, but another answer is recorded', () => {
    expect(found().and(query({})).when(query({})).events).toEqual([]);
    expect(found().and(query({})).when(hit('341126')).events).toHaveLength(1);
  });
});

const urbanEncounter = ask('taicang-urban', '2020-10-12T08:40:00+08:00', 'RecordEncounter', {
  place: { division: '320585' },
  source: 'URBAN_MGMT',
  apparentSex: 'MALE',
  apparentAgeBand: 'UNKNOWN',
  conditions: [],
});
