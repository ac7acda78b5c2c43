import { given, type Asked, type Outcome, type Story } from '../../testing/given';
import { admitted, ask, stateOf } from '../../testing/reception-story';
import { caseStream } from '../catalogue';
import { decide } from '../../decide';
import { directory } from '../../testing/agencies';
import type { RecordDeath } from '../leaving/record-death';
import type { RegisterBelongings } from './register-belongings';
import type { BelongingsReturned, ReturnBelongings } from './return-belongings';

const station = 'taicang-station';
const money = { item: '现金', quantity: 1, valueFen: 3_650 };
const bag = { item: '布包', quantity: 1 };
const listed = (): Story =>
  admitted().and(
    ask<RegisterBelongings>(station, '2020-10-12T09:45:00+08:00', 'RegisterBelongings', {
      inventoryId: 'bag',
      items: [bag, money],
      signature: 'CANNOT_SIGN',
      signedBy: '钱工',
    }),
  );
const giveBack = (data: Partial<ReturnBelongings['data']> = {}): Asked<ReturnBelongings> =>
  ask<ReturnBelongings>(station, '2020-10-19T07:30:00+08:00', 'ReturnBelongings', {
    inventoryId: 'bag',
    to: 'PERSON',
    items: [bag, money],
    signedBy: '钱工',
    ...data,
  });
const returned = ({ events }: Outcome): BelongingsReturned['data'] => events[0]?.data as BelongingsReturned['data'];

describe('belongings are returned', () => {
  it('whole: the list and what comes back agree', () =>
    expect(returned(listed().when(giveBack()))).toMatchObject({ agreement: 'SAME', differences: [] }));
  it('what is missing is computed from the list, not left to anybody to say', () =>
    expect(returned(listed().when(giveBack({ items: [bag] })))).toMatchObject({
      agreement: 'DIFFERENT',
      differences: [{ about: '现金', giver: '1', receiver: '无' }],
    }));
  it('an erased list compares as unknown, and the things still go back', () => {
    const story = listed();
    const { at, by } = { at: giveBack().now, by: { agency: station, user: 'u1', client: 'c1', role: 'staff' as const } };
    const [event] = decide(
      caseStream,
      story.situation as never,
      { type: 'ReturnBelongings', data: giveBack().data, by, at },
      {
        world: { now: at, directory },
        eventId: (index) => `x${index}`,
        opened: new Map(story.history.map(({ meta }) => [meta.id, 'erased' as const])),
      },
    );
    expect(event?.data).toMatchObject({ agreement: 'UNKNOWN', differences: [] });
  });
  it('the case remembers that they went back, not what they were', () => {
    const state = stateOf(listed().when(giveBack()));
    expect(state.reception.returnedInventories).toEqual(['bag']);
    expect(JSON.stringify(state)).not.toContain('现金');
  });
  it('stays quiet the second time', () => expect(listed().and(giveBack()).when(giveBack()).events).toEqual([]));
  it('only what was listed goes back', () => {
    expect(listed().refusal(giveBack({ inventoryId: 'coat' }))).toBe('unknown-reference');
    expect(listed().refusal(giveBack({ inventoryId: 'constructor' }))).toBe('unknown-reference');
  });
  it('by the station that owns the case', () => {
    expect(listed().refusal({ ...giveBack(), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(given(caseStream).refusal(giveBack())).toBe('ACT-NOT-OPEN');
  });
  it('after death to the relatives, never to the person', () => {
    const dead = listed().and(ask<RecordDeath>(station, '2020-10-18T05:45:00+08:00', 'RecordDeath', { place: '医院', cause: '突发急病' }));
    expect(dead.refusal(giveBack())).toBe('validation-failed');
    expect(dead.when(giveBack({ to: 'RELATIVE', receivedBy: '赵某' })).events).toHaveLength(1);
  });
  it('to nobody who is missing', () => {
    const missing = listed().and(ask(station, '2020-10-18T08:00:00+08:00', 'DetectAbsence', { lastSeenAt: '2020-10-18T07:00:00+08:00' }));
    expect(missing.refusal(giveBack())).toBe('validation-failed');
  });
});
