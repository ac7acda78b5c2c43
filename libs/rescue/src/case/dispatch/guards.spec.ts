import { noCase } from '../case';
import { withCustody } from '../custody';
import { Refusal } from '../../refusal';
import { confirmed, personIn } from '../../testing/person-in';
import { admitted, confirm } from '../../testing/reception-story';
import {
  accepted,
  after,
  approved,
  asks,
  atTheDoor,
  but,
  departed,
  dispatchOf,
  identified,
  on,
  owedIn,
  returnDuties,
  sc1,
  typesOf,
} from '../../testing/return-story';
import type { AgencyId, Instant } from '../../words';
import { checkProtected } from './departure-guards';
import type { Asked, Story } from '../../testing/given';

const jiangyin = 'jiangyin-station';
const ofJiangyin = (homeDivision: string, holder: AgencyId = jiangyin, since: Instant = on('10-01T09:00')): Story =>
  personIn('IN_STATION', {
    owner: jiangyin,
    foundIn: '320281',
    custody: withCustody(noCase.custody, holder, since),
    identity: confirmed(homeDivision),
  });
const leg = (
  carrier: AgencyId,
  fromDivision: string,
  toDivision: string,
): { transport: 'CAR'; date: string } & Record<'carrier' | 'fromDivision' | 'toDivision', string> => ({
  carrier,
  fromDivision,
  toDivision,
  transport: 'CAR',
  date: '2020-11-05',
});
const plan = asks(jiangyin, '11-02T09:00', 'PlanDispatch', {
  dispatchId: 'd1',
  mode: 'ESCORT',
  destination: '341126',
  legs: [leg(jiangyin, '320281', '341126')],
  expectedArrival: on('11-05T18:00'),
});
const prepared = (story: Story, planned: typeof plan, to: AgencyId): Story =>
  after(
    story,
    planned,
    asks(jiangyin, '11-02T10:00', 'IssueReceptionContactLetter', {
      dispatchId: 'd1',
      letterId: 'l1',
      letterNumber: '澄救助函〔2020〕7号',
      to,
      expectedArrival: on('11-05T18:00'),
    }),
    asks(to, '11-03T10:00', 'AcceptReception', { dispatchId: 'd1' }),
    asks(jiangyin, '11-03T11:00', 'CertifyFitnessToTravel', { fit: true }),
    asks(jiangyin, '11-04T10:00', 'ApproveDispatch', { dispatchId: 'd1' }),
  );
const long = (asked: Asked, now: Instant): Asked => ({ ...asked, now });

describe('every guard is looked at again at departure', () => {
  it('the carrier: the policy that holds on the day counts (Jiangyin from 2018-12-25)', () => {
    const data = {
      ...plan.data,
      legs: [{ ...leg(jiangyin, '320281', '341126'), date: '2018-12-26' }],
      expectedArrival: '2018-12-26T18:00:00+08:00',
    };
    const story = after(
      ofJiangyin('341126', jiangyin, '2018-12-01T09:00:00+08:00'),
      { ...plan, data, now: '2018-12-20T09:00:00+08:00' },
      long(
        asks(jiangyin, '', 'IssueReceptionContactLetter', {
          dispatchId: 'd1',
          letterId: 'l1',
          letterNumber: '澄救助函〔2018〕7号',
          to: 'fengyang-station',
          expectedArrival: data.expectedArrival,
        }),
        '2018-12-20T10:00:00+08:00',
      ),
      long(asks('fengyang-station', '', 'AcceptReception', { dispatchId: 'd1' }), '2018-12-21T10:00:00+08:00'),
      long(asks(jiangyin, '', 'CertifyFitnessToTravel', { fit: true }), '2018-12-24T09:00:00+08:00'),
      long(asks(jiangyin, '', 'ApproveDispatch', { dispatchId: 'd1' }), '2018-12-24T10:00:00+08:00'),
    );
    const depart = asks(jiangyin, '', 'DepartDispatch', { dispatchId: 'd1', leg: 1, escorts: [] });
    expect(typesOf(story.when(long(depart, '2018-12-24T12:00:00+08:00')))).toContain('DispatchDeparted');
    expect(story.refusal(long(depart, '2018-12-25T08:00:00+08:00'))).toBe('DSP-CARRIER-NOT-ALLOWED');
  });
  it('the household: who was found to be local since goes to the township', () => {
    const local = admitted().and(confirm({ homeDivision: '320585' }));
    const story = after(local, sc1.plan, sc1.letter, sc1.accept, sc1.certify, sc1.approve);
    const township = asks('taicang-station', '10-15T16:00', 'ConfirmLocalHousehold', { township: 'shaxi-township', evidence: '户口簿' });
    expect(story.and(township).refusal(sc1.depart)).toBe('DSP-LOCAL-HOUSEHOLD');
  });
  it('the order of time: nobody departs before having come', () =>
    expect(approved().refusal({ ...sc1.depart, at: '2020-10-12T09:00:00+08:00', backfillReason: '补录' })).toMatch(
      /^(TIM-ORDER|DSP-NOT-FIT)$/,
    ));
  it('a minor needs a receiver by name', () => {
    const { person } = { person: { minor: true, under16: true, limitedCapacity: false, needsEscort: true } };
    const check = (receiver: AgencyId | null): void => checkProtected({ ...noCase, person }, { ...dispatchOf(accepted()), receiver }, 1);
    expect(() => check(null)).toThrow(Refusal);
    expect(() => check('fengyang-station')).not.toThrow();
  });
});

describe('what the policy of cross-province carriers binds', () => {
  it('not a way that begins in another province, where somebody else has the person', () => {
    const elsewhere = but(plan, { legs: [leg('zhoukou-station', '411600', '341126')] });
    expect(typesOf(ofJiangyin('341126', 'zhoukou-station').when(elsewhere))).toEqual(['DispatchPlanned']);
  });
});

describe('with which leg the feedback clock starts', () => {
  const yixing = but(plan, { destination: '320282', legs: [leg(jiangyin, '320281', '320200'), leg('wuxi-station', '320200', '320282')] });
  it('the last, where the whole way stays inside the prefecture; and nobody sets out on it without the person', () => {
    const ready = prepared(ofJiangyin('320282'), yixing, 'wuxi-station');
    const first = asks(jiangyin, '11-05T08:00', 'DepartDispatch', { dispatchId: 'd1', leg: 1, escorts: [] });
    expect(typesOf(ready.when(first))).toEqual(['DispatchDeparted']);
    const inWuxi = after(
      ready,
      first,
      asks(jiangyin, '11-05T09:30', 'OfferHandover', {
        handoverId: 'h1',
        kind: 'STATION_RELAY',
        to: 'wuxi-station',
        dispatchId: 'd1',
        statement: {},
      }),
      asks('wuxi-station', '11-05T10:00', 'AcceptHandover', { handoverId: 'h1', statement: {} }),
    );
    const second = asks('wuxi-station', '11-05T11:00', 'DepartDispatch', { dispatchId: 'd1', leg: 2, escorts: [] });
    expect(typesOf(inWuxi.when(second))).toEqual(['DispatchDeparted', 'FeedbackDue']);
    const missing = asks('wuxi-station', '11-05T10:30', 'DetectAbsence', { lastSeenAt: on('11-05T10:10'), place: '无锡站' });
    expect(inWuxi.and(missing).refusal(second)).toBe('illegal-transition');
  });
});

describe('on the way, the person must be there', () => {
  const missing = asks('taicang-station', '10-16T10:00', 'DetectAbsence', { lastSeenAt: on('10-16T09:30'), place: '高速服务区' });
  const reject = asks('fengyang-station', '10-16T16:00', 'RejectOnArrival', {
    dispatchId: 'd1',
    reason: 'OTHER',
    temporaryCareBy: 'fengyang-station',
    note: '人员未到',
  });
  const abort = asks('taicang-station', '10-16T20:00', 'AbortDispatch', { dispatchId: 'd1', cause: 'LOST', careBy: 'taicang-station' });
  it('nobody rejects a missing person', () => expect(departed().and(missing).refusal(reject)).toBe('illegal-transition'));
  it('a journey whose person is lost can be broken off: who is found again is in a station, not on the way', () => {
    const lost = after(departed(), missing, abort);
    expect(lost.situation.state).toMatchObject({ location: 'MISSING', locationBefore: 'IN_STATION' });
    const found = lost.when(asks('taicang-station', '10-17T09:00', 'RecordPersonFound', {}));
    expect(found.situation.state).toMatchObject({ location: 'IN_STATION' });
  });
  it('an interrupted journey does not go on without the person', () => {
    const story = after(
      departed(),
      asks('taicang-station', '10-16T09:40', 'InterruptDispatch', { dispatchId: 'd1', cause: 'LOST' }),
      missing,
    );
    expect(story.refusal(asks('taicang-station', '10-16T11:00', 'ResumeDispatch', { dispatchId: 'd1' }))).toBe('illegal-transition');
  });
  it('a journey is not broken off while its signature is awaited', () =>
    expect(atTheDoor().refusal({ ...abort, now: on('10-16T15:55') })).toBe('HND-OPEN'));
});

describe('at the end of the way', () => {
  it('the arrival is no relay', () => expect(departed().refusal(but(sc1.arrive, { kind: 'STATION_RELAY' }))).toBe('HND-KIND-MISMATCH'));
  it('only the carrier hands the person over, not a hospital that has the person meanwhile', () => {
    const inHospital = after(
      departed(),
      asks('taicang-station', '10-16T10:30', 'OfferHandover', {
        handoverId: 'h1',
        kind: 'STATION_HOSPITAL',
        to: 'taicang-hospital',
        statement: {},
      }),
      asks('taicang-hospital', '10-16T11:00', 'AcceptHandover', { handoverId: 'h1', statement: {} }),
    );
    expect(inHospital.refusal(but({ ...sc1.arrive, by: 'taicang-hospital' }, { kind: 'HOSPITAL_STATION' }))).toBe('HND-WRONG-PARTY');
  });
});

describe('what ends the promises of a return', () => {
  it('D-R1: a hospital that takes the person in ends it, the next certificate begins it anew', () => {
    const inHospital = after(
      identified(),
      sc1.certify,
      asks('taicang-station', '10-15T10:00', 'OfferHandover', {
        handoverId: 'h1',
        kind: 'STATION_HOSPITAL',
        to: 'taicang-hospital',
        statement: {},
      }),
      asks('taicang-hospital', '10-15T10:30', 'AcceptHandover', { handoverId: 'h1', statement: {} }),
    );
    const admission = asks('taicang-hospital', '10-15T11:00', 'ConfirmHospitalAdmission', { hospital: 'taicang-hospital' });
    expect(returnDuties(inHospital.when(admission))).toEqual(['lapsed D-R1-1']);
    expect(
      owedIn(inHospital.and(admission).and(asks('taicang-hospital', '10-20T09:00', 'CertifyFitnessToTravel', { fit: true }))),
    ).toContain('D-R1-2 taicang-station 2020-10-28T00:00');
  });
});
