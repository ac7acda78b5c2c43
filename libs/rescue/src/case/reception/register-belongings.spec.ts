import type { Asked } from '../../testing/given';
import { personIn } from '../../testing/person-in';
import { admitted, ask, found, registered, stateOf } from '../../testing/reception-story';
import type { RegisterBelongings } from './register-belongings';

const station = 'taicang-station';
const list = (data: Partial<RegisterBelongings['data']> = {}): Asked<RegisterBelongings> =>
  ask<RegisterBelongings>(station, '2020-10-12T09:45:00+08:00', 'RegisterBelongings', {
    inventoryId: 'bag',
    items: [
      { item: '布包', quantity: 1 },
      { item: '现金', quantity: 1, valueFen: 3_650 },
    ],
    signature: 'BY_PERSON',
    signedBy: '钱工',
    ...data,
  });

describe('belongings are registered', () => {
  it('with what the station keeps for the person', () =>
    expect(admitted().when(list()).events).toEqual([{ type: 'BelongingsRegistered', data: list().data }]));
  it('at the safety check already, before the admission', () => expect(registered().when(list()).events).toHaveLength(1));
  it('the case remembers that there is a list and which event holds it, not what is on it', () => {
    const state = stateOf(admitted().when(list()));
    expect(state.reception.inventories).toEqual({ bag: expect.stringMatching(/^e\d+$/) as unknown });
    expect(JSON.stringify(state)).not.toContain('布包');
  });
  it('a second list has an id of its own; the first is never rewritten', () => {
    expect(admitted().and(list()).refusal(list())).toBe('ID-TAKEN');
    expect(
      Object.keys(
        stateOf(
          admitted()
            .and(list())
            .when(list({ inventoryId: 'coat' })),
        ).reception.inventories,
      ),
    ).toEqual(['bag', 'coat']);
  });
  it('by the station that owns the case', () => {
    expect(admitted().refusal({ ...list(), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(admitted().refusal({ ...list(), by: 'taicang-police' })).toBe('ACT-WRONG-KIND');
    expect(found().refusal(list())).toBe('ACT-WRONG-AGENCY');
  });
  it.each(['REGISTERED', 'IN_STATION', 'DECEASED'] as const)('while the person is there, or has died: %s', (location) =>
    expect(personIn(location).when(list()).events).toHaveLength(1),
  );
  it.each(['IN_HOSPITAL', 'IN_TRANSIT', 'MISSING', 'LEFT'] as const)('and at no other time: %s', (location) =>
    expect(personIn(location).refusal(list())).toBe('illegal-transition'),
  );
});
