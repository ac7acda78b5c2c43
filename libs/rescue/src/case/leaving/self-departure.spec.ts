import { noCase, type Case, type PersonFacts } from '../case';
import { personIn } from '../../testing/person-in';
import type { Asked } from '../../testing/given';
import type { DeclareSelfDeparture } from './declare-self-departure';

const now = '2020-10-30T09:00:00+08:00';
const voucher = { from: '太仓', to: '凤阳', means: 'TRAIN', number: 'K1234', priceFen: 9850 } as const;
const leave = (data: Partial<DeclareSelfDeparture['data']> = {}): Asked<DeclareSelfDeparture> => ({
  by: 'taicang-station',
  now,
  type: 'DeclareSelfDeparture',
  data: { mode: 'SELF', statement: '本人自愿离站', ...data },
});
const withVoucher = leave({ mode: 'SELF_WITH_VOUCHER', ticketVoucher: voucher });
const person = (facts: Partial<PersonFacts>): Partial<Case> => ({
  person: { minor: false, under16: false, limitedCapacity: false, needsEscort: false, ...facts },
});
const approval = { by: 'taicang-civil-affairs', reason: '户籍地工作人员在车站等候' };

describe('a person says that it leaves by itself', () => {
  it('the person has left and nobody has custody any more', () => {
    const { events, situation } = personIn('IN_STATION').when(leave());
    expect(events.map(({ type }) => type)).toEqual(['SelfDepartureDeclared']);
    const state = situation.state as Case;
    expect(state).toMatchObject({ location: 'LEFT', leaving: { mode: 'SELF', leftAt: now } });
    expect(state.custody).toMatchObject({ holder: null, line: [{ agency: 'taicang-station', until: now }] });
  });
  it('a voucher takes the person home: written feedback is due, even without an escort', () => {
    const { events } = personIn('IN_STATION').when(withVoucher);
    expect(events).toMatchObject([
      { type: 'SelfDepartureDeclared', data: { departure: 'leaving-1' } },
      { type: 'FeedbackDue', data: { departure: 'leaving-1', destination: '341126', addressee: 'fengyang-station', departedAt: now } },
    ]);
  });
  it('the person is expected at home on the day of leaving unless another is said', () => {
    const expectedArrival = '2020-10-31T18:00:00+08:00';
    const due = (story: Asked<DeclareSelfDeparture>): object | undefined => personIn('IN_STATION').when(story).events[1]?.data;
    expect(due(withVoucher)).toMatchObject({ expectedArrival: now });
    expect(due({ ...withVoucher, data: { ...withVoucher.data, expectedArrival } })).toMatchObject({ expectedArrival });
  });
  it('no feedback is due while nobody knows where home is', () =>
    expect(personIn('IN_STATION', { identity: noCase.identity }).when(withVoucher).events).toHaveLength(1));
  it.each(['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'] as const)('an adult with capacity leaves from %s at any time', (location) =>
    expect(personIn(location).when(leave()).events).toHaveLength(1),
  );
  it('nothing that is unfinished holds an adult with capacity: no offered handover, no hospital stay', () => {
    const busy = personIn('IN_STATION', { hospital: { ...noCase.hospital, staysAt: 'taicang-hospital' } }).and({
      by: 'taicang-station',
      now: '2020-10-29T09:00:00+08:00',
      type: 'OfferHandover',
      data: { handoverId: 'h1', kind: 'STATION_HOSPITAL', to: 'taicang-hospital', statement: {} },
    });
    expect(busy.when(leave()).events).toHaveLength(1);
    const accept = {
      by: 'taicang-hospital',
      now: '2020-10-30T10:00:00+08:00',
      type: 'AcceptHandover',
      data: { handoverId: 'h1', statement: {} },
    };
    expect(busy.and(leave()).refusal(accept)).toBe('HND-NOT-IN-CUSTODY');
  });
  it('stays quiet the second time', () => expect(personIn('IN_STATION').and(leave()).when(leave()).events).toEqual([]));
});

describe('who may not leave alone', () => {
  it.each<[string, Partial<PersonFacts>]>([
    ['under 16', { minor: true, under16: true }],
    ['a minor whose age nobody knows', { minor: true, under16: null }],
    ['with signs of mental or intellectual impairment', { limitedCapacity: true }],
  ])('%s', (_who, facts) => expect(personIn('IN_STATION', person(facts)).refusal(leave())).toBe('LEV-MINOR-SELF'));
  it('a minor of 16 or more may leave', () =>
    expect(personIn('IN_STATION', person({ minor: true, under16: false })).when(leave()).events).toHaveLength(1));
  it('a superior of the station can approve an exception', () =>
    expect(personIn('IN_STATION', person({ under16: true })).when(leave({ approval })).events).toHaveLength(1));
  it('nobody else can: another county’s department, or the station itself', () => {
    const story = personIn('IN_STATION', person({ under16: true }));
    expect(story.refusal(leave({ approval: { ...approval, by: 'fengyang-civil-affairs' } }))).toBe('LEV-MINOR-SELF');
    expect(story.refusal(leave({ approval: { ...approval, by: 'taicang-station' } }))).toBe('validation-failed');
  });
});

describe('what is given along', () => {
  it('20 yuan are given at most', () => {
    expect(personIn('IN_STATION').when(leave({ cashFen: 2000 })).events).toHaveLength(1);
    expect(personIn('IN_STATION').refusal(leave({ cashFen: 2001 }))).toBe('validation-failed');
  });
  it('leaving with a voucher names the voucher, leaving without names none', () => {
    expect(personIn('IN_STATION').refusal(leave({ mode: 'SELF_WITH_VOUCHER' }))).toBe('validation-failed');
    expect(personIn('IN_STATION').refusal(leave({ ticketVoucher: voucher }))).toBe('validation-failed');
  });
});

describe('who records it and when', () => {
  it('another station does not record it', () =>
    expect(personIn('IN_STATION').refusal({ ...leave(), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('the police do not record it', () =>
    expect(personIn('IN_STATION').refusal({ ...leave(), by: 'taicang-police' })).toBe('ACT-WRONG-KIND'));
  it('nobody leaves the station while under way', () => expect(personIn('IN_TRANSIT').refusal(leave())).toBe('illegal-transition'));
  it('nobody leaves before having come', () =>
    expect(personIn('IN_STATION').refusal({ ...leave(), at: '2020-10-11T09:00:00+08:00', backfillReason: '补录' })).toBe('TIM-ORDER'));
});
