import { noCase } from '../case';
import { withCustody } from '../custody';
import { confirmed, personIn } from '../../testing/person-in';
import { stateOf } from '../../testing/reception-story';
import { after, asks, but, dispatchOf, on, returnDuties, sc1, typesOf, withPerson } from '../../testing/return-story';
import type { Story } from '../../testing/given';

const [jiangyin, wuxi, luyi] = ['jiangyin-station', 'wuxi-station', 'luyi-civil-affairs'];
const inJiangyin = (): Story =>
  personIn('IN_STATION', {
    ...withPerson({ limitedCapacity: true, needsEscort: true }),
    owner: jiangyin,
    foundIn: '320281',
    custody: withCustody(noCase.custody, jiangyin, on('10-20T10:00')),
    identity: confirmed('411628'),
  });
const direct = asks(jiangyin, '11-02T09:00', 'PlanDispatch', {
  dispatchId: 'd1',
  mode: 'ESCORT',
  destination: '411628',
  legs: [{ carrier: jiangyin, fromDivision: '320281', toDivision: '411628', transport: 'TRAIN', date: '2020-11-05' }],
  expectedArrival: on('11-07T12:00'),
});
const relayed = but(direct, {
  legs: [
    { carrier: jiangyin, fromDivision: '320281', toDivision: '320200', transport: 'CAR', date: '2020-11-05' },
    { carrier: wuxi, fromDivision: '320200', toDivision: '411628', transport: 'TRAIN', date: '2020-11-06' },
  ],
});
const letter = asks(jiangyin, '11-02T10:00', 'IssueReceptionContactLetter', {
  dispatchId: 'd1',
  letterId: 'contact-1',
  letterNumber: '澄救助函〔2020〕7号',
  to: luyi,
  expectedArrival: on('11-07T12:00'),
});
const accept = asks(luyi, '11-03T10:00', 'AcceptReception', { dispatchId: 'd1' });
const certify = asks(jiangyin, '11-03T11:00', 'CertifyFitnessToTravel', { fit: true });
const approve = asks(jiangyin, '11-04T10:00', 'ApproveDispatch', { dispatchId: 'd1' });
const escorts = [{ name: '张三', sex: 'MALE', role: 'STAFF' }] as const;
const firstLeg = asks(jiangyin, '11-05T08:00', 'DepartDispatch', { dispatchId: 'd1', leg: 1, escorts });
const relay = asks(jiangyin, '11-05T09:30', 'OfferHandover', {
  handoverId: 'h-relay',
  kind: 'STATION_RELAY',
  to: wuxi,
  dispatchId: 'd1',
  statement: {},
});
const takeOver = asks(wuxi, '11-05T10:00', 'AcceptHandover', { handoverId: 'h-relay', statement: {} });
const secondLeg = asks(wuxi, '11-06T08:00', 'DepartDispatch', { dispatchId: 'd1', leg: 2, escorts });
const arrive = asks(wuxi, '11-07T11:00', 'OfferHandover', {
  handoverId: 'h-arrival',
  kind: 'STATION_CIVILAFFAIRS',
  to: luyi,
  dispatchId: 'd1',
  statement: {},
});
const sign = asks(luyi, '11-07T11:30', 'AcceptHandover', { handoverId: 'h-arrival', statement: {} });

const ready = (): Story => after(inJiangyin(), relayed, letter, accept, certify, approve);
const inWuxi = (): Story => after(ready(), firstLeg, relay, takeOver);
const atLuyi = (): Story => after(inWuxi(), secondLeg, arrive);

describe('Jiangyin does not carry across the province border itself (SC-2)', () => {
  it('a plan with its own station on that leg is refused', () => expect(inJiangyin().refusal(direct)).toBe('DSP-CARRIER-NOT-ALLOWED'));
  it('Wuxi’s station carries that leg, Jiangyin the way to Wuxi', () =>
    expect(inJiangyin().when(relayed).events[0]?.data).toMatchObject({ crossProvince: true }));
  it('a way inside the province is Jiangyin’s own', () => {
    const inside = but(direct, {
      destination: '320585',
      legs: [{ carrier: jiangyin, fromDivision: '320281', toDivision: '320585', transport: 'CAR', date: '2020-11-05' }],
    });
    expect(typesOf(inJiangyin().when(inside))).toEqual(['DispatchPlanned']);
  });
  it('the outflow side may fetch the person across the border', () => {
    const fetched = but(direct, {
      mode: 'OUTFLOW_FETCHES',
      legs: [{ carrier: 'zhoukou-station', fromDivision: '320281', toDivision: '411628', transport: 'CAR', date: '2020-11-05' }],
    });
    expect(typesOf(inJiangyin().when(fetched))).toEqual(['DispatchPlanned']);
  });
});

describe('a journey in two legs', () => {
  it('the first leg starts no feedback clock: the person is still in the prefecture', () =>
    expect(typesOf(ready().when(firstLeg))).toEqual(['DispatchDeparted']));
  it('Wuxi owes it to Jiangyin to take the person over, three working days from the offer', () =>
    expect(returnDuties(after(ready(), firstLeg).when(relay))).toEqual([
      'opened D-R7-1 wuxi-station→jiangyin-station until 2020-11-11T00:00:00+08:00',
    ]));
  it('Wuxi may refuse: then it owes that no longer, and Jiangyin offers again', () => {
    const refusal = asks(wuxi, '11-05T09:50', 'RefuseHandover', { handoverId: 'h-relay', reason: '材料不全' });
    expect(returnDuties(after(ready(), firstLeg, relay).when(refusal))).toEqual(['lapsed D-R7-1']);
    const again = but({ ...relay, now: on('11-05T11:00') }, { handoverId: 'h-relay-2' });
    expect(typesOf(after(ready(), firstLeg, relay, refusal).when(again))).toEqual(['HandoverOffered']);
  });
  it('Wuxi signs: the leg is handed over and custody is Wuxi’s, before it sets out', () => {
    const outcome = after(ready(), firstLeg, relay).when(takeOver);
    expect(outcome.events).toMatchObject([
      { type: 'HandoverAccepted' },
      { type: 'DispatchLegHandedOver', data: { dispatchId: 'd1', leg: 1, handoverId: 'h-relay', carrier: wuxi } },
    ]);
    expect(returnDuties(outcome)).toEqual(['discharged D-R7-1']);
    expect(stateOf(outcome)).toMatchObject({ location: 'IN_TRANSIT', custody: { holder: wuxi } });
  });
  it('the second leg leaves the region: Jiangyin, not Wuxi, owes the feedback letter by 11-13', () => {
    const outcome = inWuxi().when(secondLeg);
    expect(outcome.events).toMatchObject([
      { type: 'DispatchDeparted', data: { leg: 2, carrier: wuxi } },
      { type: 'FeedbackDue', data: { sender: jiangyin, addressee: luyi, departedAt: secondLeg.now } },
    ]);
    expect(outcome.duties).toContain('opened D-F1-1 jiangyin-station→luyi-civil-affairs until 2020-11-14T00:00:00+08:00');
  });
  it('nobody sets out on the second leg before the first was signed for', () => {
    expect(ready().refusal(secondLeg)).toBe('illegal-transition');
    expect(after(ready(), firstLeg).refusal(secondLeg)).toBe('illegal-transition');
  });
  it('a person without capacity has an escort on every leg', () =>
    expect(inWuxi().refusal(but(secondLeg, { escorts: [] }))).toBe('DSP-MINOR-UNESCORTED'));
  it('the receiver signs on arrival: the person has left, and how', () => {
    const outcome = atLuyi().when(sign);
    expect(outcome.events).toMatchObject([
      { type: 'HandoverAccepted' },
      { type: 'DispatchArrivalHandedOver', data: { dispatchId: 'd1', handoverId: 'h-arrival', receiver: luyi } },
    ]);
    expect(stateOf(outcome)).toMatchObject({
      location: 'LEFT',
      custody: { holder: luyi },
      leaving: { mode: 'ESCORTED_CROSS_PROVINCE', leftAt: sign.now },
    });
    expect(dispatchOf(outcome)).toMatchObject({ phase: 'HANDED_OVER', arrivedAt: sign.now, departedAt: firstLeg.now });
  });
  it('the custody line has neither gap nor overlap', () => {
    const { line } = stateOf(atLuyi().and(sign)).custody;
    expect(line.map(({ agency }) => agency)).toEqual([jiangyin, wuxi, luyi]);
    expect(line.slice(1).map(({ from }) => from)).toEqual(line.slice(0, -1).map(({ until }) => until));
  });
});

it('nobody is rejected before the last leg', () =>
  expect(
    inWuxi().refusal(
      asks(luyi, '11-05T12:00', 'RejectOnArrival', { dispatchId: 'd1', reason: 'OTHER', temporaryCareBy: wuxi, note: '未到达' }),
    ),
  ).toBe('illegal-transition'));

describe('a handover on the way fits into the journey', () => {
  const started = (): Story => after(ready(), firstLeg);
  it.each([
    ['it goes to the next carrier', { to: 'zhoukou-station' }, 'HND-WRONG-PARTY'],
    ['between carriers it is a relay', { kind: 'STATION_STATION' }, 'HND-KIND-MISMATCH'],
    ['its dispatch exists', { dispatchId: 'd9' }, 'unknown-reference'],
  ] as const)('%s', (_rule, change, code) => expect(started().refusal(but(relay, change))).toBe(code));
  it('it names its dispatch', () => {
    const { dispatchId: _unnamed, ...data } = relay.data;
    expect(started().refusal({ ...relay, data })).toBe('validation-failed');
    expect(started().refusal({ ...relay, data: { ...data, kind: 'STATION_STATION' } })).toBe('validation-failed');
  });
  it('nobody is handed along twice on one leg, nor before the next has departed', () =>
    expect(inWuxi().refusal({ ...arrive, now: on('11-05T11:00') })).toBe('illegal-transition'));
  it('the arrival is no relay', () =>
    expect(after(inWuxi(), secondLeg).refusal(but(arrive, { kind: 'STATION_RELAY', to: wuxi }))).toMatch(/^HND-/));
  it('a handover to a hospital on the way needs no dispatch', () =>
    expect(
      typesOf(
        started().when(
          asks(jiangyin, '11-05T09:00', 'OfferHandover', {
            handoverId: 'h9',
            kind: 'STATION_HOSPITAL',
            to: 'taicang-hospital',
            statement: {},
          }),
        ),
      ),
    ).toEqual(['HandoverOffered']));
});

it('a handover outside any journey makes no leg', () => {
  const { certify: fit } = sc1;
  const story = after(
    personIn('IN_STATION'),
    fit,
    asks('taicang-station', '10-16T08:00', 'OfferHandover', {
      handoverId: 'h1',
      kind: 'STATION_HOSPITAL',
      to: 'taicang-hospital',
      statement: {},
    }),
  );
  expect(typesOf(story.when(asks('taicang-hospital', '10-16T09:00', 'AcceptHandover', { handoverId: 'h1', statement: {} })))).toEqual([
    'HandoverAccepted',
  ]);
});
