import { stateOf } from '../../testing/reception-story';
import { after, asks, but, contacted, departed, dispatchOf, identified, on, sc1 } from '../../testing/return-story';
import { dispatchesClosedByLeaving } from './closed-by-leaving';
import type { Story } from '../../testing/given';

const fengyang = 'fengyang-station';
const plan = but(sc1.plan, {
  mode: 'OUTFLOW_FETCHES',
  legs: [{ carrier: fengyang, fromDivision: '320585', toDivision: '341126', transport: 'CAR', date: '2020-10-16' }],
});
const pickUp = asks('taicang-station', '10-16T07:30', 'OfferHandover', {
  handoverId: 'h1',
  kind: 'STATION_STATION',
  to: fengyang,
  dispatchId: 'd1',
  statement: {},
});
const take = asks(fengyang, '10-16T08:00', 'AcceptHandover', { handoverId: 'h1', statement: {} });
const depart = { ...sc1.depart, by: fengyang };
const arrive = asks(fengyang, '10-16T16:05', 'RecordFetchedArrival', { dispatchId: 'd1' });
const ready = (): Story => after(identified(), plan, sc1.letter, sc1.accept, sc1.certify, sc1.approve);
const onTheWay = (): Story => after(ready(), pickUp, take, depart);

describe('the outflow side fetches the person', () => {
  it('it signs at the station before it sets out', () => {
    expect(ready().refusal(depart)).toBe('DSP-NOT-IN-CUSTODY');
    expect(ready().and(pickUp).when(take).events).toMatchObject([
      { type: 'HandoverAccepted' },
      { type: 'DispatchLegHandedOver', data: { leg: 0, carrier: fengyang } },
    ]);
  });
  it('feedback is owed by the station that owns the case from the departure', () =>
    expect(after(ready(), pickUp, take).when(depart).events).toMatchObject([
      { type: 'DispatchDeparted', data: { carrier: fengyang } },
      { type: 'FeedbackDue', data: { mode: 'FETCHED', sender: 'taicang-station' } },
    ]));
  it('at home nobody signs again: the first signature was the outflow side’s', () => {
    const outcome = onTheWay().when(arrive);
    expect(outcome.events).toEqual([
      { type: 'DispatchArrivalHandedOver', data: { dispatchId: 'd1', handoverId: 'h1', receiver: fengyang } },
    ]);
    expect(stateOf(outcome)).toMatchObject({
      location: 'LEFT',
      leaving: { mode: 'FETCHED', leftAt: arrive.now },
      custody: { holder: fengyang },
    });
  });
  it('stays quiet the second time', () =>
    expect(
      onTheWay()
        .and(arrive)
        .when({ ...arrive, now: on('10-16T17:00') }).events,
    ).toEqual([]));
  it('not before the departure, not by another agency', () => {
    expect(after(ready(), pickUp, take).refusal(arrive)).toBe('illegal-transition');
    expect(onTheWay().refusal({ ...arrive, by: 'taicang-station' })).toBe('ACT-WRONG-AGENCY');
  });
  it('who has fetched the person does not reject the person any more', () =>
    expect(
      onTheWay().refusal(
        asks(fengyang, '10-16T12:00', 'RejectOnArrival', { dispatchId: 'd1', reason: 'OTHER', temporaryCareBy: fengyang, note: '反悔' }),
      ),
    ).toBe('illegal-transition'));
  it('nor does the person arrive with it while a hospital has the person', () => {
    const inHospital = after(
      onTheWay(),
      asks(fengyang, '10-16T10:30', 'OfferHandover', { handoverId: 'h2', kind: 'STATION_HOSPITAL', to: 'taicang-hospital', statement: {} }),
      asks('taicang-hospital', '10-16T11:00', 'AcceptHandover', { handoverId: 'h2', statement: {} }),
    );
    expect(inHospital.refusal(arrive)).toBe('DSP-NOT-IN-CUSTODY');
  });
  it('who was escorted arrives by a handover only', () => expect(departed().refusal(arrive)).toBe('ACT-WRONG-AGENCY'));
  it('the plan is not cancelled while the fetcher’s signature is awaited', () =>
    expect(
      ready()
        .and(pickUp)
        .refusal(asks('taicang-station', '10-16T07:40', 'CancelDispatch', { dispatchId: 'd1', why: 'OTHER' })),
    ).toBe('HND-OPEN'));
});

describe('leaving without a carrier closes what was planned', () => {
  const one = (story: Story): ReturnType<typeof dispatchOf> => dispatchOf(story);
  const closed = (story: Story, mode: Parameters<typeof dispatchesClosedByLeaving>[1]): string | undefined =>
    dispatchesClosedByLeaving({ d1: one(story) }, mode)['d1']?.phase;
  const alone = (): Story => identified().and(but(sc1.plan, { mode: 'SELF_WITH_VOUCHER', legs: [] }));
  it('a return planned in just that way is fulfilled', () => expect(closed(alone(), 'SELF_WITH_VOUCHER')).toBe('LEFT_AS_PLANNED'));
  it('any other plan falls', () => {
    expect(closed(alone(), 'COLLECTED')).toBe('CANCELLED');
    expect(closed(contacted(), 'SELF')).toBe('CANCELLED');
  });
  it('a journey under way is broken off', () => expect(closed(departed(), 'LEFT_WITHOUT_NOTICE')).toBe('ABORTED'));
  it('what is over stays as it was', () => expect(closed(onTheWay().and(arrive), 'SELF')).toBe('HANDED_OVER'));
});
