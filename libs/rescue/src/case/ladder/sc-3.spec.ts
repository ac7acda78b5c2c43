import { noCase } from '../case';
import { withCustody } from '../custody';
import { confirmed, personIn } from '../../testing/person-in';
import { stateOf } from '../../testing/reception-story';
import { after, asks, but, dispatchOf, on, owedIn, returnDuties, typesOf } from '../../testing/return-story';
import type { Story } from '../../testing/given';

const [chaoyang, minquan, district, city, ministry] = [
  'chaoyang-station',
  'minquan-station',
  'chaoyang-civil-affairs',
  'beijing-civil-affairs',
  'ministry',
];
const inChaoyang = (): Story =>
  personIn('IN_STATION', {
    owner: chaoyang,
    foundIn: '110105',
    custody: withCustody(noCase.custody, chaoyang, on('11-01T10:00')),
    identity: confirmed('411421'),
  });
const plan = asks(chaoyang, '11-24T09:00', 'PlanDispatch', {
  dispatchId: 'd1',
  mode: 'ESCORT',
  destination: '411421',
  legs: [{ carrier: chaoyang, fromDivision: '110105', toDivision: '411421', transport: 'TRAIN', date: '2020-12-01' }],
  expectedArrival: on('12-01T18:00'),
});
const letter = asks(chaoyang, '11-25T09:00', 'IssueReceptionContactLetter', {
  dispatchId: 'd1',
  letterId: 'contact-1',
  letterNumber: '朝救助函〔2020〕21号',
  to: minquan,
  expectedArrival: on('12-01T18:00'),
});
const notFound = asks(minquan, '11-26T10:00', 'RefuseReception', {
  dispatchId: 'd1',
  reason: 'NOT_FOUND',
  letterNumber: '民救助函〔2020〕5号',
});
const noCapacity = asks(minquan, '11-27T10:00', 'RefuseReception', {
  dispatchId: 'd1',
  reason: 'NO_CAPACITY',
  letterNumber: '民救助函〔2020〕6号',
});
const up = asks(chaoyang, '11-27T15:00', 'EscalateRefusal', {
  escalationId: 'e1',
  dispatchId: 'd1',
  toAgency: district,
  letterNumber: '朝救助字〔2020〕3号',
  summary: '流出地两次拒收',
});
const toCity = but({ ...up, by: district, now: on('12-02T15:00') }, { toAgency: city, letterNumber: '朝民字〔2020〕12号' });
const toMinistry = but({ ...up, by: city, now: on('12-07T15:00') }, { toAgency: ministry, letterNumber: '京民字〔2020〕88号' });
const decide = asks(ministry, '12-11T10:00', 'DecideCoordination', {
  escalationId: 'e1',
  decision: 'MUST_RECEIVE',
  letterNumber: '民办函〔2020〕77号',
  bindingOn: [minquan, 'henan-civil-affairs'],
});
const certify = asks(chaoyang, '12-14T09:00', 'CertifyFitnessToTravel', { fit: true });
const approve = asks(chaoyang, '12-14T10:00', 'ApproveDispatch', { dispatchId: 'd1' });
const depart = asks(chaoyang, '12-15T08:00', 'DepartDispatch', { dispatchId: 'd1', leg: 1, escorts: [] });

const refusedTwice = (): Story => after(inChaoyang(), plan, letter, notFound, noCapacity);
const atMinistry = (): Story => after(refusedTwice(), up, toCity, toMinistry);

describe('refused by the outflow side, up to the ministry (SC-3)', () => {
  it('the reply is due on 11-30', () =>
    expect(owedIn(after(inChaoyang(), plan, letter))).toEqual(['D-R3-1 minquan-station 2020-12-01T00:00']));
  it('the first refusal, NOT_FOUND, is re-checked before it goes up', () => {
    const once = after(inChaoyang(), plan, letter, notFound);
    expect(once.refusal({ ...up, now: on('11-26T15:00') })).toBe('ESC-REASON-NOT-ESCALABLE');
    expect(owedIn(once)).toEqual([]);
  });
  it('the second, NO_CAPACITY on 11-27, is reported by 11-30', () =>
    expect(returnDuties(after(inChaoyang(), plan, letter, notFound).when(noCapacity))).toEqual([
      'opened D-R5-1 chaoyang-station→chaoyang-civil-affairs until 2020-12-01T00:00:00+08:00',
    ]));
  it('reported on 11-27, the district has until 12-02', () =>
    expect(returnDuties(refusedTwice().when(up))).toEqual([
      'discharged D-R5-1',
      'opened D-R6-1 chaoyang-civil-affairs→chaoyang-station until 2020-12-03T00:00:00+08:00',
    ]));
  it('passed on by 12-02, the city has until 12-07', () =>
    expect(returnDuties(refusedTwice().and(up).when(toCity))).toEqual([
      'discharged D-R6-1',
      'opened D-R6-2 beijing-civil-affairs→chaoyang-station until 2020-12-08T00:00:00+08:00',
    ]));
  it('passed on by 12-07, the ministry has until 12-14', () =>
    expect(returnDuties(after(refusedTwice(), up, toCity).when(toMinistry))).toEqual([
      'discharged D-R6-2',
      'opened D-R6-3 ministry→chaoyang-station until 2020-12-15T00:00:00+08:00',
    ]));
  it('a rung that lets its limit pass is late', () =>
    expect(
      returnDuties(
        refusedTwice()
          .and(up)
          .when({ ...toCity, now: on('12-03T09:00') }),
      ),
    ).toContain('discharged D-R6-1 late'));
  it('no rung is skipped: station to ministry is refused, whoever jumps', () => {
    expect(refusedTwice().refusal(but(up, { toAgency: ministry }))).toBe('ESC-SKIP-LEVEL');
    expect(refusedTwice().refusal(but(up, { toAgency: city }))).toBe('ESC-SKIP-LEVEL');
    expect(
      refusedTwice()
        .and(up)
        .refusal(but(toCity, { toAgency: ministry })),
    ).toBe('ESC-SKIP-LEVEL');
  });
  it('the ministry decides on 12-11, and the reception rests on that decision', () => {
    const outcome = atMinistry().when(decide);
    expect(outcome.events).toMatchObject([{ type: 'CoordinationDecided', data: { decision: 'MUST_RECEIVE', dispatchId: 'd1' } }]);
    expect(returnDuties(outcome)).toEqual(['discharged D-R6-3']);
    expect(dispatchOf(outcome)).toMatchObject({ phase: 'DECIDED_RECEIVE', receiver: minquan });
  });
  it('before the decision nobody leaves', () => {
    expect(after(atMinistry(), { ...certify, now: on('12-08T09:00') }).refusal({ ...approve, now: on('12-08T10:00') })).toBe(
      'DSP-NO-RECEPTION',
    );
  });
  it('departure on 12-15 although the last reply was a refusal', () => {
    const story = after(atMinistry(), decide, certify, approve);
    expect(typesOf(story.when(depart))).toEqual(['DispatchDeparted', 'FeedbackDue']);
  });
  it('both refusals and the whole way up stay readable', () => {
    const story = after(atMinistry(), decide);
    expect(dispatchOf(story).refusals.map(({ reason, letterNumber }) => [reason, letterNumber])).toEqual([
      ['NOT_FOUND', '民救助函〔2020〕5号'],
      ['NO_CAPACITY', '民救助函〔2020〕6号'],
    ]);
    expect(stateOf(story).ladder['e1']).toMatchObject({ phase: 'DECIDED', rungs: [district, city, ministry] });
  });
});
