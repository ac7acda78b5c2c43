import { noCase } from '../case';
import { personIn } from '../../testing/person-in';
import { stateOf } from '../../testing/reception-story';
import { after, asks, but, dispatchOf, returnDuties, typesOf } from '../../testing/return-story';
import type { Story } from '../../testing/given';

const [taicang, zhoukou, minquan] = ['taicang-station', 'zhoukou-station', 'minquan-station'];
const identity = { documentCarried: false, birthDate: '1992-07-08', sex: 'FEMALE' } as const;
const first = asks(taicang, '11-25T09:00', 'ConfirmIdentity', {
  ...identity,
  basis: ['POLICE_DB'],
  documentCarried: true,
  personDocumentCompared: true,
  name: '周小兰',
  idNumber: '411628199207080245',
  homeDivision: '411628',
});
const fit = asks(taicang, '11-26T09:00', 'CertifyFitnessToTravel', { fit: true });
const plan = asks(taicang, '11-26T10:00', 'PlanDispatch', {
  dispatchId: 'd1',
  mode: 'ESCORT',
  destination: '411628',
  legs: [{ carrier: taicang, fromDivision: '320585', toDivision: '411628', transport: 'TRAIN', date: '2020-12-01' }],
  expectedArrival: '2020-12-02T12:00:00+08:00',
});
const letter = asks(taicang, '11-26T11:00', 'IssueReceptionContactLetter', {
  dispatchId: 'd1',
  letterId: 'contact-1',
  letterNumber: '太救助函〔2020〕40号',
  to: 'luyi-civil-affairs',
  expectedArrival: '2020-12-02T12:00:00+08:00',
});
const accept = asks('luyi-civil-affairs', '11-27T10:00', 'AcceptReception', { dispatchId: 'd1' });
const approve = asks(taicang, '11-30T10:00', 'ApproveDispatch', { dispatchId: 'd1' });
const depart = asks(taicang, '12-01T08:00', 'DepartDispatch', {
  dispatchId: 'd1',
  leg: 1,
  escorts: [{ name: '钱四', sex: 'FEMALE', role: 'STAFF' }],
});
const reject = asks('luyi-civil-affairs', '12-02T11:00', 'RejectOnArrival', {
  dispatchId: 'd1',
  reason: 'IDENTITY_MISMATCH',
  temporaryCareBy: zhoukou,
  note: '真正的周小兰在家',
});
const toCare = asks(taicang, '12-02T14:00', 'OfferHandover', { handoverId: 'h-care', kind: 'STATION_STATION', to: zhoukou, statement: {} });
const care = asks(zhoukou, '12-02T14:30', 'AcceptHandover', { handoverId: 'h-care', statement: {} });
const retract = asks(taicang, '12-02T16:00', 'RetractIdentity', { reason: 'MISMATCH_AT_ARRIVAL' });
const second = asks(taicang, '12-10T10:00', 'ConfirmIdentity', {
  ...identity,
  basis: ['DNA'],
  name: '某女',
  idNumber: '411421199305160024',
  birthDate: '1993-05-16',
  homeDivision: '411421',
});
const fitAgain = asks(zhoukou, '12-11T09:00', 'CertifyFitnessToTravel', { fit: true });
const planAgain = but(
  { ...plan, now: '2020-12-11T10:00:00+08:00' },
  {
    dispatchId: 'd2',
    destination: '411421',
    legs: [{ carrier: zhoukou, fromDivision: '411600', toDivision: '411421', transport: 'CAR', date: '2020-12-15' }],
    expectedArrival: '2020-12-15T16:00:00+08:00',
  },
);
const letterAgain = but(
  { ...letter, now: '2020-12-11T11:00:00+08:00' },
  { dispatchId: 'd2', letterId: 'contact-2', letterNumber: '太救助函〔2020〕45号', to: minquan },
);
const acceptAgain = asks(minquan, '12-14T10:00', 'AcceptReception', { dispatchId: 'd2' });
const approveAgain = asks(taicang, '12-14T11:00', 'ApproveDispatch', { dispatchId: 'd2' });
const departAgain = asks(zhoukou, '12-15T08:00', 'DepartDispatch', {
  dispatchId: 'd2',
  leg: 1,
  escorts: [{ name: '孙五', sex: 'FEMALE', role: 'STAFF' }],
});

const atLuyi = (): Story => after(personIn('IN_STATION', { identity: noCase.identity }), first, fit, plan, letter, accept, approve, depart);
const inCare = (): Story => after(atLuyi(), reject, toCare, care);

describe('the wrong person arrives (SC-5)', () => {
  it('the receiver rejects the person; the carrier keeps custody until the prefecture’s station has signed', () => {
    expect(typesOf(atLuyi().when(reject))).toEqual(['DispatchRejectedOnArrival']);
    expect(stateOf(atLuyi().and(reject)).custody.holder).toBe(taicang);
    expect(stateOf(inCare())).toMatchObject({ location: 'IN_STATION', owner: taicang, custody: { holder: zhoukou } });
  });
  it('the rejection alone does not end the feedback loop; the retraction does', () => {
    const phases = (story: Story): readonly string[] => Object.values(stateOf(story).feedback.loops).map(({ phase }) => phase);
    expect(phases(inCare())).toEqual(['DUE']);
    expect(phases(inCare().and(retract))).toEqual(['CANCELLED']);
  });
  it('nobody goes home on the retracted identity', () =>
    expect(after(inCare(), retract).refusal(planAgain)).toBe('DSP-IDENTITY-NOT-CONFIRMED'));
  it('the return home is owed anew from the new certificate', () =>
    expect(returnDuties(after(inCare(), retract, second).when(fitAgain))).toEqual([
      'opened D-R1-2 taicang-station→PERSON until 2020-12-19T00:00:00+08:00',
    ]));
  it('the person departs on 12-15 from the place of custody; the new loop of the owner is due 12-22', () => {
    const story = after(inCare(), retract, second, fitAgain, planAgain, letterAgain, acceptAgain, approveAgain);
    const outcome = story.when(departAgain);
    expect(outcome.events).toMatchObject([
      { type: 'DispatchDeparted', data: { dispatchId: 'd2', carrier: zhoukou } },
      { type: 'FeedbackDue', data: { departure: 'd2', identityVersion: 2, sender: taicang, addressee: minquan } },
    ]);
    expect(outcome.duties).toContain('opened D-F1-2 taicang-station→minquan-station until 2020-12-23T00:00:00+08:00');
  });
  it('both plans stay readable, each with the identity that it stood on', () => {
    const story = after(inCare(), retract, second, fitAgain, planAgain);
    expect(dispatchOf(story, 'd1')).toMatchObject({ phase: 'REJECTED_ON_ARRIVAL', identityVersion: 1 });
    expect(dispatchOf(story, 'd2')).toMatchObject({ phase: 'DRAFT', identityVersion: 2 });
  });
});
