import { personIn } from '../../testing/person-in';
import { noCase } from '../case';
import { admitted, confirm } from '../../testing/reception-story';
import {
  after,
  approved,
  asks,
  atTheDoor,
  but,
  contacted,
  departed,
  identified,
  on,
  owedIn,
  planned,
  returnDuties,
  sc1,
  typesOf,
} from '../../testing/return-story';
import type { Asked, Story } from '../../testing/given';

const { certify, letter, accept, depart, relatives } = sc1;
const retract = asks('taicang-station', '10-15T16:00', 'RetractIdentity', { reason: 'WRONG_MATCH' });
const breach = (dutyId: string, when: string): Asked =>
  ({ by: 'guitu', role: 'system', now: on(when), type: 'BreachDuty', data: { dutyId } }) as const;
const refuse = asks('fengyang-station', '10-15T10:00', 'RefuseReception', {
  dispatchId: 'd1',
  reason: 'NO_CAPACITY',
  letterNumber: '凤救助函〔2020〕11号',
});
const death = asks('taicang-station', '10-15T20:00', 'RecordDeath', { place: '站内', cause: '心脏骤停' });

describe('D-R1: the return home is arranged within seven days', () => {
  it('from the certificate when the identity was confirmed before', () =>
    expect(returnDuties(identified().when(certify))).toEqual(['opened D-R1-1 taicang-station→PERSON until 2020-10-23T00:00:00+08:00']));
  it('from the identity when the certificate was there before', () => {
    const fit = admitted().and({ ...certify, now: on('10-13T09:00') });
    expect(returnDuties(fit.when(confirm()))).toContain('opened D-R1-1 taicang-station→PERSON until 2020-10-21T00:00:00+08:00');
  });
  it('a last day that is no working day moves on: Saturday 10-24 to Monday 10-26', () =>
    expect(returnDuties(identified().when({ ...certify, now: on('10-17T09:00') }))).toEqual([
      'opened D-R1-1 taicang-station→PERSON until 2020-10-27T00:00:00+08:00',
    ]));
  it('not while the person is unfit, nor on a certificate that has run out', () => {
    expect(returnDuties(identified().when(but(certify, { fit: false })))).toEqual([]);
    const ranOut = admitted().and(
      asks('taicang-station', '10-12T20:00', 'CertifyFitnessToTravel', { fit: true, validUntil: '2020-10-12' }),
    );
    expect(returnDuties(ranOut.when(confirm())).some((words) => words.includes('D-R1'))).toBe(false);
  });
  it('nobody owes it for a person who has left', () => {
    const fitness = { fit: true, validUntil: '2020-10-30', event: 'e0' };
    const gone = personIn('LEFT', { identity: noCase.identity, hospital: { ...noCase.hospital, fitness } });
    expect(returnDuties(gone.when(confirm())).some((words) => words.includes('D-R1'))).toBe(false);
  });
  it('a renewed certificate gives no more time', () =>
    expect(
      returnDuties(
        identified()
          .and(certify)
          .when({ ...certify, now: on('10-18T09:00') }),
      ),
    ).toEqual([]));
  it('departure keeps it', () => expect(returnDuties(approved().when(depart))).toEqual(['discharged D-R1-1']));
  it('departure after the seventh day keeps it late', () => {
    const story = after(approved(), { ...certify, now: on('10-22T09:00') });
    expect(returnDuties(story.when({ ...depart, now: on('10-23T08:10') }))).toEqual(['breached D-R1-1', 'discharged D-R1-1 late']);
  });
  it('leaving in any other way keeps it too', () =>
    expect(
      returnDuties(
        identified()
          .and(certify)
          .when(asks('taicang-station', '10-16T09:00', 'DeclareSelfDeparture', { mode: 'SELF', statement: '自愿离站' })),
      ),
    ).toContain('discharged D-R1-1'));
  it('a journey that was broken off, or rejected on arrival, leaves it owed anew', () => {
    const broken = asks('taicang-station', '10-16T12:00', 'AbortDispatch', { dispatchId: 'd1', cause: 'OTHER', careBy: 'taicang-station' });
    const opened = 'opened D-R1-2 taicang-station→PERSON until 2020-10-24T00:00:00+08:00';
    expect(returnDuties(departed().when(broken))).toEqual([opened]);
    const rejected = (reason: 'NO_CAPACITY' | 'IDENTITY_MISMATCH'): readonly string[] =>
      returnDuties(
        departed().when(
          asks('fengyang-station', '10-16T16:00', 'RejectOnArrival', {
            dispatchId: 'd1',
            reason,
            temporaryCareBy: 'chongchuan-station',
            note: '说明',
          }),
        ),
      );
    expect(rejected('NO_CAPACITY')).toContain(opened);
    expect(rejected('IDENTITY_MISMATCH')).toEqual([]);
  });
  it('a death does not keep it: it lapses', () => expect(returnDuties(identified().and(certify).when(death))).toContain('lapsed D-R1-1'));
  it('it lapses when the identity is retracted, or the person turns out unfit', () => {
    expect(returnDuties(identified().and(certify).when(retract))).toContain('lapsed D-R1-1');
    expect(
      returnDuties(
        identified()
          .and(certify)
          .when(asks('taicang-station', '10-16T09:00', 'CertifyFitnessToTravel', { fit: false })),
      ),
    ).toEqual(['lapsed D-R1-1']);
  });
});

describe('D-R2: relatives and the outflow side are contacted within one working day', () => {
  it('from the confirmed identity; owed to the person, since naming the other side would open the case to it', () =>
    expect(returnDuties(admitted().when(confirm()))).toEqual(['opened D-R2-1 taicang-station→PERSON until 2020-10-15T00:00:00+08:00']));
  it('relatives contacted keeps it; so does the contact letter', () => {
    expect(returnDuties(identified().when(relatives))).toEqual(['discharged D-R2-1']);
    expect(returnDuties(planned().when(letter))).toContain('discharged D-R2-1');
  });
  it('a contact after that is late', () =>
    expect(returnDuties(identified().when({ ...relatives, now: on('10-15T09:00') }))).toEqual([
      'breached D-R2-1',
      'discharged D-R2-1 late',
    ]));
  it('nobody owes it for a local household', () => {
    expect(returnDuties(admitted().when(confirm({ homeDivision: '320585' })))).toEqual([]);
  });
  it('nobody owes it for a person who has left', () =>
    expect(returnDuties(personIn('LEFT', { identity: noCase.identity }).when(confirm()))).toEqual([]));
  it('it lapses when the identity is retracted', () => expect(returnDuties(identified().when(retract))).toContain('lapsed D-R2-1'));
});

describe('D-R3: the outflow side answers the contact letter within three working days', () => {
  it('letter 10-13, reply due 10-16 (SC-1)', () =>
    expect(returnDuties(planned().when(letter))).toContain(
      'opened D-R3-1 fengyang-station→taicang-station until 2020-10-17T00:00:00+08:00',
    ));
  it('agreement and refusal both answer', () => {
    expect(returnDuties(contacted().when(accept))).toEqual(['discharged D-R3-1']);
    expect(returnDuties(contacted().when(refuse))).toContain('discharged D-R3-1');
  });
  it('an answer after that is late', () =>
    expect(returnDuties(contacted().when({ ...accept, now: on('10-19T10:00') }))).toEqual(['breached D-R3-1', 'discharged D-R3-1 late']));
  it('passing the letter on ends it for one and begins it for the other', () =>
    expect(
      returnDuties(
        contacted().when(
          asks('fengyang-station', '10-14T09:00', 'RedirectReceptionContact', { dispatchId: 'd1', to: 'fengyang-civil-affairs' }),
        ),
      ),
    ).toEqual(['discharged D-R3-1', 'opened D-R3-2 fengyang-civil-affairs→taicang-station until 2020-10-20T00:00:00+08:00']));
  it('it lapses when the plan is cancelled or the person dies', () => {
    expect(
      returnDuties(contacted().when(asks('taicang-station', '10-14T09:00', 'CancelDispatch', { dispatchId: 'd1', why: 'OTHER' }))),
    ).toEqual(['lapsed D-R3-1']);
    expect(returnDuties(contacted().when(death))).toEqual(['lapsed D-R3-1']);
  });
});

describe('D-R4: who shall receive the person does so within two hours of arrival', () => {
  it('from the offer at the door, by the receiver', () =>
    expect(returnDuties(departed().when(sc1.arrive))).toEqual(['opened D-R4-1 fengyang-station→PERSON until 2020-10-16T17:50:00+08:00']));
  it('the signature keeps it; after two hours late', () => {
    expect(returnDuties(atTheDoor().when(sc1.sign))).toEqual(['discharged D-R4-1']);
    expect(returnDuties(atTheDoor().when({ ...sc1.sign, now: on('10-16T17:51') }))).toEqual(['breached D-R4-1', 'discharged D-R4-1 late']);
  });
  it('it protects a person: nobody gives more time', () => {
    const extend = {
      by: 'fengyang-civil-affairs',
      now: on('10-16T16:00'),
      type: 'ExtendDuty',
      data: { dutyId: 'D-R4-1', dueAt: on('10-16T20:00'), reason: '无车' },
    };
    expect(atTheDoor().refusal(extend)).toBe('DUTY-HARD');
  });
  it('a refused form does not end it, and a new one gives no more time', () => {
    const refusal = asks('fengyang-station', '10-16T16:00', 'RefuseHandover', { handoverId: 'h-arrival', reason: '表格有误' });
    const again = { ...but(sc1.arrive, { handoverId: 'h-again' }), now: on('10-16T16:10') };
    expect(returnDuties(atTheDoor().when(refusal))).toEqual([]);
    expect(returnDuties(atTheDoor().and(refusal).when(again))).toEqual([]);
    const signed = { ...sc1.sign, now: on('10-16T18:00'), data: { handoverId: 'h-again', statement: {} } };
    expect(returnDuties(atTheDoor().and(refusal).and(again).when(signed))).toEqual(['breached D-R4-1', 'discharged D-R4-1 late']);
  });
  it('it lapses on a rejection and on a withdrawn offer', () => {
    const note = '无接收能力';
    const reject = asks('fengyang-station', '10-16T16:00', 'RejectOnArrival', {
      dispatchId: 'd1',
      reason: 'NO_CAPACITY',
      temporaryCareBy: 'fengyang-station',
      note,
    });
    expect(returnDuties(atTheDoor().when(reject))).toContain('lapsed D-R4-1');
    expect(
      returnDuties(
        atTheDoor().when(asks('taicang-station', '10-16T16:00', 'WithdrawHandover', { handoverId: 'h-arrival', reason: '误填' })),
      ),
    ).toEqual(['lapsed D-R4-1']);
  });
});

describe('D-R5: a refusal is reported one rung up within one working day', () => {
  const owes = (story: Story, asked: Asked): readonly string[] => returnDuties(story.when(asked)).filter((words) => words.includes('D-R5'));
  it('from a refusal that a superior can overcome', () =>
    expect(owes(contacted(), refuse)).toEqual(['opened D-R5-1 taicang-station→taicang-civil-affairs until 2020-10-17T00:00:00+08:00']));
  it.each(['NOT_FOUND', 'IDENTITY_DOUBT', 'NOT_OUR_DIVISION', 'HOUSEHOLD_MOVED'] as const)('not from a first refusal for %s', (reason) =>
    expect(owes(contacted(), but(refuse, { reason }))).toEqual([]),
  );
  it('NOT_FOUND once more after a re-check is for a superior', () => {
    const once = contacted().and(but(refuse, { reason: 'NOT_FOUND' }));
    expect(
      owes(once, but({ ...refuse, now: on('10-16T09:00') }, { reason: 'NOT_FOUND', letterNumber: '凤救助函〔2020〕12号' })),
    ).toHaveLength(1);
  });
  it('silence over two limits counts like a refusal, over one it does not', () => {
    const second = but({ ...letter, now: on('10-19T09:00') }, { letterId: 'contact-2', letterNumber: '太救助函〔2020〕32号' });
    const once = contacted().and(breach('D-R3-1', '10-17T00:01'));
    expect(owes(contacted(), breach('D-R3-1', '10-17T00:01'))).toEqual([]);
    expect(owes(once.and(second), breach('D-R3-2', '10-23T00:01'))).toEqual([
      'opened D-R5-1 taicang-station→taicang-civil-affairs until 2020-10-27T00:00:00+08:00',
    ]);
  });
  it('it falls with the plan', () =>
    expect(
      owes(contacted().and(refuse), asks('taicang-station', '10-15T17:00', 'CancelDispatch', { dispatchId: 'd1', why: 'OTHER' })),
    ).toEqual(['lapsed D-R5-1']));
  it('a second refusal gives no more time; one that goes back to the identity ends it; so does agreement', () => {
    const refused = contacted().and(refuse);
    const next = (reason: 'FAMILY_REFUSES' | 'IDENTITY_DOUBT'): Asked =>
      but({ ...refuse, now: on('10-16T09:00') }, { reason, letterNumber: '凤救助函〔2020〕12号' });
    expect(owes(refused, next('FAMILY_REFUSES'))).toEqual([]);
    expect(owes(refused, next('IDENTITY_DOUBT'))).toEqual(['lapsed D-R5-1']);
    expect(owes(refused, { ...accept, now: on('10-16T09:00') })).toEqual(['lapsed D-R5-1']);
  });
});

it('no duty of return is open once the person has arrived', () => {
  const home = atTheDoor().and(sc1.sign);
  expect(owedIn(home)).toEqual([]);
  expect(typesOf(atTheDoor().when(sc1.sign))).toContain('DispatchArrivalHandedOver');
});
