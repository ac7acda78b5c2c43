import type { Asked, Story } from '../../testing/given';
import { admitted, ask, found, handedOver, registered, stateOf } from '../../testing/reception-story';
import type { ConfirmHospitalAdmission } from './confirm-admission';
import type { ConfirmHospitalDischarge } from './confirm-discharge';
import type { RequestHospitalTransfer } from './request-transfer';
import type { VisitHospitalForIdentification } from './visit-for-identification';

const station = 'taicang-station';
const hospital = 'taicang-hospital';
const at = (time: string): string => `2020-10-13T${time}:00+08:00`;
const transfer = (data: Partial<RequestHospitalTransfer['data']> = {}): Asked<RequestHospitalTransfer> =>
  ask<RequestHospitalTransfer>(station, at('02:10'), 'RequestHospitalTransfer', { hospital, reason: '突发胸痛', ...data });
const there = (story: Story): Story => handedOver(story, { kind: 'STATION_HOSPITAL', from: station, to: hospital, now: at('02:30') });
const back = (story: Story, time = '18:00'): Story =>
  handedOver(story, { kind: 'HOSPITAL_STATION', from: hospital, to: station, now: at(time) });
const admission = (by = hospital, data: Partial<ConfirmHospitalAdmission['data']> = {}): Asked<ConfirmHospitalAdmission> =>
  ask<ConfirmHospitalAdmission>(by, at('02:40'), 'ConfirmHospitalAdmission', { hospital, ...data });
const discharge = (by = hospital, data: Partial<ConfirmHospitalDischarge['data']> = {}): Asked<ConfirmHospitalDischarge> =>
  ask<ConfirmHospitalDischarge>(by, at('17:00'), 'ConfirmHospitalDischarge', { hospital, certificate: 'a-1', ...data });
const inHospital = (): Story => there(admitted().and(transfer())).and(admission());

describe('somebody falls ill in the station', () => {
  it('goes to hospital immediately; only the admission there meets it', () => {
    expect(admitted().when(transfer()).duties).toEqual([`opened D-C5-1 ${station}→PERSON until 2020-10-13T02:10:00+08:00`]);
    expect(there(admitted().and(transfer())).when({ ...admission(), at: at('02:40') }).duties).toEqual([
      'breached D-C5-1',
      'discharged D-C5-1 late',
    ]);
  });
  it('an illness that the initial check noted is owed once', () => {
    const noted = registered().and(ask(station, at('02:00'), 'RecordInitialCheck', { findings: ['ACUTE_ILL'], action: 'HOSPITAL' }));
    expect(Object.keys(noted.situation.duties.open)).toContain('D-C5-1');
    expect(noted.when(transfer()).duties).toEqual([]);
  });
  it('an earlier certificate of fitness is void', () => {
    const fit = admitted().and(ask(station, at('01:00'), 'CertifyFitnessToTravel', { fit: true }));
    expect(stateOf(fit).hospital.fitness).toMatchObject({ fit: true });
    expect(stateOf(fit.and(transfer())).hospital.fitness).toBeNull();
  });
  it('so it is after a stay that nobody had asked for', () => {
    const fit = admitted().and(ask(station, at('01:00'), 'CertifyFitnessToTravel', { fit: true }));
    expect(stateOf(there(fit).and(admission())).hospital.fitness).toBeNull();
  });
  it('is brought by the station that has the person', () =>
    expect(admitted().refusal({ ...transfer(), by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('to a hospital', () => expect(admitted().refusal(transfer({ hospital: 'wuxi-station' }))).toBe('validation-failed'));
  it('on the street another step takes over', () =>
    expect(found().refusal({ ...transfer(), by: 'taicang-station' })).toBe('ACT-WRONG-AGENCY'));
  it('not from one hospital bed to another', () =>
    expect(inHospital().refusal(transfer({ hospital: 'taicang-hospital-b' }))).toBe('illegal-transition'));
  it('stays quiet the second time', () => expect(admitted().and(transfer()).when(transfer()).events).toEqual([]));
});

describe('the hospital confirms the admission', () => {
  it('after it has signed for the person', () => {
    expect(stateOf(inHospital())).toMatchObject({
      location: 'IN_HOSPITAL',
      hospital: { staysAt: hospital },
      custody: { holder: hospital },
    });
    expect(admitted().and(transfer()).refusal(admission())).toBe('illegal-transition');
  });
  it('a hospital that has sent the person back admits nobody', () =>
    expect(back(there(admitted()), '02:35').refusal(admission())).toBe('illegal-transition'));
  it("the station confirms it with the hospital's certificate only", () => {
    const arrived = there(admitted().and(transfer()));
    expect(arrived.refusal(admission(station))).toBe('validation-failed');
    expect(arrived.when(admission(station, { certificate: 'a-1' })).events).toHaveLength(1);
  });
  it('another hospital or station does not', () => {
    const arrived = there(admitted().and(transfer()));
    expect(arrived.refusal(admission('taicang-hospital-b'))).toBe('ACT-WRONG-AGENCY');
    expect(arrived.refusal(admission('wuxi-station', { certificate: 'a-1' }))).toBe('ACT-WRONG-AGENCY');
  });
  it('a transfer between hospitals ends in a new admission', () => {
    const moved = handedOver(inHospital(), { kind: 'HOSPITAL_HOSPITAL', from: hospital, to: 'taicang-hospital-b', now: at('03:00') });
    const told = moved.when({ ...admission('taicang-hospital-b', { hospital: 'taicang-hospital-b' }), now: at('03:10') });
    expect(stateOf(told).hospital.staysAt).toBe('taicang-hospital-b');
  });
  it('stays quiet the second time', () => expect(inHospital().when(admission()).events).toEqual([]));
});

describe('the way back from hospital', () => {
  it('wants the discharge and the signature of the station, in whichever order', () => {
    expect(stateOf(inHospital().and(discharge())).location).toBe('IN_HOSPITAL');
    expect(stateOf(back(inHospital().and(discharge())))).toMatchObject({ location: 'IN_STATION', hospital: { staysAt: null } });
    expect(stateOf(back(inHospital(), '16:00')).location).toBe('IN_HOSPITAL');
    expect(stateOf(back(inHospital(), '16:00').and(discharge())).location).toBe('IN_STATION');
  });
  it('a second stay is not ended by the papers of the first', () => {
    const home = back(inHospital().and(discharge()));
    const again = handedOver(home.and({ ...transfer(), now: at('20:00') }), {
      kind: 'STATION_HOSPITAL',
      from: station,
      to: hospital,
      now: at('20:10'),
    }).and({ ...admission(), now: at('20:20') });
    expect(stateOf(again)).toMatchObject({ location: 'IN_HOSPITAL', hospital: { discharged: false } });
    expect(stateOf(again.and({ ...discharge(), now: at('22:00') })).location).toBe('IN_HOSPITAL');
  });
  it('who was not admitted to the station before stands at the door again', () => {
    const before = there(registered().and(transfer())).and(admission()).and(discharge());
    expect(stateOf(back(before)).location).toBe('REGISTERED');
  });
  it('who had not even been registered can be registered then', () => {
    const delivered = handedOver(found(), { kind: 'POLICE_HOSPITAL', from: 'taicang-police', to: hospital, now: at('02:30') });
    const home = back(delivered.and(admission()).and(discharge()));
    expect(stateOf(home).location).toBe('STREET');
    const request = ask(station, at('18:30'), 'RegisterHelpRequest', { arrivalMode: 'HOSPITAL', causes: [], assistanceStatus: 'UNKNOWN' });
    expect(stateOf(home.and(request))).toMatchObject({ location: 'REGISTERED', owner: station });
  });
  it('is confirmed by the hospital of the stay, or by the owner with its certificate', () => {
    expect(inHospital().refusal(discharge('taicang-hospital-b', { hospital: 'taicang-hospital-b' }))).toBe('ACT-WRONG-AGENCY');
    expect(inHospital().refusal(discharge('wuxi-station'))).toBe('ACT-WRONG-AGENCY');
    expect(inHospital().when(discharge(station)).events).toHaveLength(1);
  });
  it('there is no discharge of who is not in hospital', () => expect(admitted().refusal(discharge())).toBe('illegal-transition'));
  it('stays quiet the second time', () => expect(inHospital().and(discharge()).when(discharge()).events).toEqual([]));
});

describe('the station identifies at the hospital', () => {
  const called = (): Story =>
    handedOver(found(), { kind: 'POLICE_HOSPITAL', from: 'taicang-police', to: hospital, now: '2020-10-12T09:00:00+08:00' }).and(
      ask('taicang-police', '2020-10-12T09:10:00+08:00', 'RequestHospitalIdentification', { hospital, station }),
    );
  const visit = (now = at('08:00'), by = station, where = hospital): Asked<VisitHospitalForIdentification> =>
    ask<VisitHospitalForIdentification>(by, now, 'VisitHospitalForIdentification', { hospital: where, findings: '不能言语' });
  it('within 24 hours of the call', () => {
    expect(called().when(visit()).duties).toEqual(['discharged D-C6-1']);
    expect(called().when(visit(at('09:11'))).duties).toEqual(['breached D-C6-1', 'discharged D-C6-1 late']);
  });
  it('opening the case there does not make it due twice', () => {
    const open = (story: Story, now: string): readonly string[] =>
      story.when(
        ask(station, now, 'OpenCaseAtHospital', { hospital, deliveredAt: '2020-10-12T09:00:00+08:00', deliveredBy: 'taicang-police' }),
      ).duties;
    expect(open(called(), at('08:00')).join()).not.toContain('D-C6');
    expect(open(called().and(visit()), at('08:30')).join()).not.toContain('D-C6');
  });
  it('another call, to another hospital, replaces the first', () => {
    const moved = ask('taicang-police', at('08:00'), 'RequestHospitalIdentification', { hospital: 'taicang-hospital-b', station });
    expect(called().when(moved).duties).toEqual([
      'lapsed D-C6-1',
      `opened D-C6-2 ${station}→taicang-police until 2020-10-14T08:00:00+08:00`,
    ]);
  });
  it('is for the station that was called', () => expect(called().refusal(visit(at('08:00'), 'wuxi-station'))).toBe('ACT-WRONG-AGENCY'));
  it('at the hospital where the person is', () =>
    expect(called().refusal(visit(at('08:00'), station, 'taicang-hospital-b'))).toBe('illegal-transition'));
  it('stays quiet about the same visit, and records another', () => {
    expect(called().and(visit()).when(visit()).events).toEqual([]);
    expect(
      called()
        .and(visit())
        .when(visit(at('10:00'))).events,
    ).toHaveLength(1);
  });
});
