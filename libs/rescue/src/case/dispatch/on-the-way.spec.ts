import type { Story } from '../../testing/given';
import { stateOf } from '../../testing/reception-story';
import {
  accepted,
  after,
  approved,
  asks,
  atTheDoor,
  but,
  contacted,
  departed,
  dispatchOf,
  identified,
  on,
  planned,
  returnDuties,
  sc1,
  typesOf,
} from '../../testing/return-story';

const taicang = 'taicang-station';
const interrupt = asks(taicang, '10-16T10:00', 'InterruptDispatch', {
  dispatchId: 'd1',
  cause: 'ILLNESS',
  division: '320100',
  where: '南京南站',
});
const resume = asks(taicang, '10-16T12:00', 'ResumeDispatch', { dispatchId: 'd1', expectedArrival: on('10-16T18:00') });
const abort = asks(taicang, '10-16T13:00', 'AbortDispatch', { dispatchId: 'd1', cause: 'REFUSED_BY_PERSON', careBy: 'wuxi-station' });
const reject = asks('fengyang-station', '10-16T16:00', 'RejectOnArrival', {
  dispatchId: 'd1',
  reason: 'IDENTITY_MISMATCH',
  temporaryCareBy: 'chongchuan-station',
  note: '来人与户籍人口不符',
});
const cancel = asks(taicang, '10-15T16:00', 'CancelDispatch', { dispatchId: 'd1', why: 'PLAN_CHANGED' });

describe('a journey stops and goes on', () => {
  it('stops: custody and place stay with the carrier', () => {
    const outcome = departed().when(interrupt);
    expect(typesOf(outcome)).toEqual(['DispatchInterrupted']);
    expect(dispatchOf(outcome).phase).toBe('INTERRUPTED');
    expect(stateOf(outcome)).toMatchObject({ location: 'IN_TRANSIT', custody: { holder: taicang } });
  });
  it('goes on, with a new expected arrival', () =>
    expect(dispatchOf(departed().and(interrupt).when(resume))).toMatchObject({ phase: 'DEPARTED', expectedArrival: on('10-16T18:00') }));
  it('stays quiet the second time', () => {
    expect(
      departed()
        .and(interrupt)
        .when({ ...interrupt, now: on('10-16T11:00') }).events,
    ).toEqual([]);
    expect(after(departed(), interrupt, resume).when({ ...resume, now: on('10-16T13:00') }).events).toEqual([]);
  });
  it('only the carrier says so', () => {
    expect(departed().refusal({ ...interrupt, by: 'fengyang-station' })).toBe('ACT-WRONG-AGENCY');
    expect(
      departed()
        .and(interrupt)
        .refusal({ ...resume, by: 'fengyang-station' }),
    ).toBe('ACT-WRONG-AGENCY');
  });
  it('only a journey under way stops', () => expect(approved().refusal(interrupt)).toBe('illegal-transition'));
  it('only a journey that stopped goes on', () => expect(approved().refusal(resume)).toBe('illegal-transition'));
  it('nobody arrives or departs while it stands', () => expect(departed().and(interrupt).refusal(sc1.arrive)).toBe('illegal-transition'));
  it('does not stop while a signature on the way is awaited', () =>
    expect(atTheDoor().refusal({ ...interrupt, now: on('10-16T15:55') })).toBe('HND-OPEN'));
  it('does not go on while a hospital has the person', () => {
    const inHospital = after(
      departed(),
      interrupt,
      asks(taicang, '10-16T10:30', 'OfferHandover', { handoverId: 'h1', kind: 'STATION_HOSPITAL', to: 'taicang-hospital', statement: {} }),
      asks('taicang-hospital', '10-16T11:00', 'AcceptHandover', { handoverId: 'h1', statement: {} }),
    );
    expect(inHospital.refusal(resume)).toBe('DSP-NOT-IN-CUSTODY');
  });
});

describe('illness on the way (P5(8))', () => {
  const hospital = 'taicang-hospital';
  const sent = (story: Story): Story =>
    after(
      story,
      asks(taicang, '10-16T10:30', 'OfferHandover', { handoverId: 'h1', kind: 'STATION_HOSPITAL', to: hospital, statement: {} }),
      asks(hospital, '10-16T11:00', 'AcceptHandover', { handoverId: 'h1', statement: {} }),
    );
  const admission = asks(hospital, '10-16T11:10', 'ConfirmHospitalAdmission', { hospital });
  const transfer = asks(taicang, '10-16T10:10', 'RequestHospitalTransfer', { hospital, reason: '高热' });
  const treated = (): Story => sent(departed().and(interrupt).and(transfer)).and(admission);
  const back = (): Story =>
    after(
      treated(),
      asks(hospital, '10-17T09:00', 'ConfirmHospitalDischarge', { hospital, certificate: 'a-1' }),
      asks(hospital, '10-17T09:10', 'OfferHandover', { handoverId: 'h2', kind: 'HOSPITAL_STATION', to: taicang, statement: {} }),
      asks(taicang, '10-17T09:20', 'AcceptHandover', { handoverId: 'h2', statement: {} }),
    );
  const later = { ...resume, now: on('10-17T10:00') };
  const certify = asks(taicang, '10-17T09:30', 'CertifyFitnessToTravel', { fit: true });

  it('an interrupted journey leads into hospital; going there at once is owed', () => {
    expect(departed().and(interrupt).when(transfer).duties).toEqual([`opened D-C5-1 ${taicang}→PERSON until ${on('10-16T10:10')}`]);
    expect(stateOf(treated())).toMatchObject({ location: 'IN_HOSPITAL', custody: { holder: hospital } });
    expect(dispatchOf(treated()).phase).toBe('INTERRUPTED');
  });
  it('a journey under way stops first', () => {
    expect(departed().refusal(transfer)).toBe('illegal-transition');
    expect(sent(departed()).refusal(admission)).toBe('illegal-transition');
  });
  it('goes on after the discharge, with a new certificate of fitness', () => {
    expect(back().refusal(later)).toBe('DSP-NOT-FIT');
    const outcome = back().and(certify).when(later);
    expect(stateOf(outcome).location).toBe('IN_TRANSIT');
    expect(returnDuties(outcome)).toEqual(['discharged D-R1-2']);
  });
  it('who leaves from the hospital breaks the journey off, and its feedback falls', () => {
    const leave = asks(taicang, '10-16T18:00', 'DeclareSelfDeparture', { mode: 'SELF', statement: '自愿离开' });
    expect(treated().when(leave).events).toMatchObject([
      { type: 'SelfDepartureDeclared' },
      { type: 'LoopCancelled', data: { why: 'ABORTED' } },
    ]);
  });
});

describe('a journey is broken off', () => {
  it('the person is in a station again, custody does not move by that, and the feedback that was due falls', () => {
    const outcome = departed().when(abort);
    expect(outcome.events).toMatchObject([
      { type: 'DispatchAborted', data: { careBy: 'wuxi-station' } },
      { type: 'LoopCancelled', data: { why: 'ABORTED' } },
    ]);
    expect(stateOf(outcome)).toMatchObject({ location: 'IN_STATION', custody: { holder: taicang } });
    expect(dispatchOf(outcome).phase).toBe('ABORTED');
  });
  it('a new return home can be planned', () => {
    const anew = but({ ...sc1.plan, now: on('10-16T14:00') }, { dispatchId: 'd2' });
    expect(typesOf(departed().and(abort).when(anew))).toEqual(['DispatchPlanned']);
  });
  it('also from an interruption, and quietly the second time', () => {
    const story = after(departed(), interrupt, abort);
    expect(dispatchOf(story).phase).toBe('ABORTED');
    expect(story.when({ ...abort, now: on('10-16T14:00') }).events).toEqual([]);
  });
  it('only by the carrier or the owner, to an agency that exists', () => {
    expect(departed().refusal({ ...abort, by: 'fengyang-station' })).toBe('ACT-WRONG-AGENCY');
    expect(departed().refusal(but(abort, { careBy: 'nobody' }))).toBe('agency-unknown');
  });
  it('only a journey under way', () => {
    expect(approved().refusal(abort)).toBe('illegal-transition');
    expect(
      atTheDoor()
        .and(sc1.sign)
        .refusal({ ...abort, now: on('10-16T17:00') }),
    ).toBe('illegal-transition');
  });
});

describe('the receiver refuses the person on arrival', () => {
  it('custody stays with the carrier until temporary care has signed; the open offer is refused with it', () => {
    const outcome = atTheDoor().when(reject);
    expect(typesOf(outcome)).toEqual(['HandoverRefused', 'DispatchRejectedOnArrival']);
    expect(stateOf(outcome)).toMatchObject({ location: 'IN_STATION', custody: { holder: taicang } });
    expect(dispatchOf(outcome).phase).toBe('REJECTED_ON_ARRIVAL');
  });
  it('without an offer too', () => expect(typesOf(departed().when(reject))).toEqual(['DispatchRejectedOnArrival']));
  it('then temporary care signs for the person', () => {
    const care = after(
      atTheDoor(),
      reject,
      asks(taicang, '10-16T17:00', 'OfferHandover', {
        handoverId: 'h-care',
        kind: 'STATION_STATION',
        to: 'chongchuan-station',
        statement: {},
      }),
    ).when(asks('chongchuan-station', '10-16T18:00', 'AcceptHandover', { handoverId: 'h-care', statement: {} }));
    expect(stateOf(care)).toMatchObject({ location: 'IN_STATION', custody: { holder: 'chongchuan-station' } });
  });
  it('stays quiet the second time', () =>
    expect(
      departed()
        .and(reject)
        .when({ ...reject, now: on('10-16T17:00') }).events,
    ).toEqual([]));
  it('only the receiver, only when the person is on the last leg, and not after signing', () => {
    expect(departed().refusal({ ...reject, by: 'fengyang-civil-affairs' })).toBe('ACT-WRONG-AGENCY');
    expect(approved().refusal(reject)).toBe('illegal-transition');
    expect(
      atTheDoor()
        .and(sc1.sign)
        .refusal({ ...reject, now: on('10-16T17:00') }),
    ).toBe('illegal-transition');
    expect(departed().refusal(but(reject, { temporaryCareBy: 'nobody' }))).toBe('agency-unknown');
  });
});

describe('a plan is cancelled before departure', () => {
  it.each([
    ['planned', planned],
    ['contacted', contacted],
    ['accepted', accepted],
    ['approved', approved],
  ])('while it is %s', (_phase, story) => expect(dispatchOf(story().when(cancel)).phase).toBe('CANCELLED'));
  it('a new one can be planned then', () =>
    expect(
      typesOf(
        planned()
          .and(cancel)
          .when(but({ ...sc1.plan, now: on('10-15T17:00') }, { dispatchId: 'd2' })),
      ),
    ).toEqual(['DispatchPlanned']));
  it('stays quiet the second time', () => expect(planned().and(cancel).when(cancel).events).toEqual([]));
  it('not after departure; not by another agency; not what does not exist', () => {
    expect(departed().refusal({ ...cancel, now: on('10-16T09:00') })).toBe('illegal-transition');
    expect(planned().refusal({ ...cancel, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY');
    expect(identified().refusal(cancel)).toBe('unknown-reference');
  });
});
