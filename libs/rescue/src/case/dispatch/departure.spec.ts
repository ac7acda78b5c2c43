import { personIn } from '../../testing/person-in';
import { stateOf } from '../../testing/reception-story';
import {
  accepted,
  after,
  approved,
  asks,
  but,
  contacted,
  departed,
  dispatchOf,
  on,
  planned,
  sc1,
  typesOf,
  withPerson,
} from '../../testing/return-story';
import type { Case } from '../case';
import type { Story } from '../../testing/given';

const { approve, depart, certify, accept, plan, letter } = sc1;
const retract = asks('taicang-station', '10-15T16:00', 'RetractIdentity', { reason: 'WRONG_MATCH' });
const confirmOther = asks('taicang-station', '10-15T17:00', 'ConfirmIdentity', {
  basis: ['DNA'],
  documentCarried: false,
  name: '某人',
  birthDate: '1985-03-12',
  sex: 'MALE',
  homeDivision: '341126',
});

describe('the head of the station approves', () => {
  it('and the record names the identity, the certificate and the agreement relied on', () => {
    const [event] = after(accepted(), certify).when(approve).events;
    const { identity, hospital, dispatches } = stateOf(after(accepted(), certify));
    expect(event).toMatchObject({
      type: 'DispatchApproved',
      data: {
        identityVersion: 1,
        identityEvent: identity.current?.event,
        fitnessEvent: hospital.fitness?.event,
        receptionEvent: dispatches['d1']?.receptionEvent,
      },
    });
  });
  it('stays quiet the second time', () => expect(approved().when(approve).events).toEqual([]));
  it('only on a certificate that holds', () => expect(accepted().refusal(approve)).toBe('DSP-NOT-FIT'));
  it('only when the outflow side has agreed: silence is not consent', () => {
    expect(after(planned(), certify).refusal(approve)).toBe('DSP-NO-RECEPTION');
    expect(after(contacted(), certify).refusal(approve)).toBe('DSP-NO-RECEPTION');
  });
  it('who goes alone needs nobody’s agreement', () => {
    const alone = personIn('IN_STATION')
      .and(but(plan, { mode: 'SELF_RETURN', legs: [] }))
      .and(certify);
    expect(typesOf(alone.when(approve))).toEqual(['DispatchApproved']);
  });
  it('only in the station that owns the case', () =>
    expect(after(accepted(), certify).refusal({ ...approve, by: 'fengyang-station' })).toBe('ACT-WRONG-AGENCY'));
  it('not again after departure', () => expect(departed().refusal({ ...approve, now: on('10-16T09:00') })).toBe('illegal-transition'));
});

describe('the carrier sets out', () => {
  it('the person is on the way; feedback is owed from that moment (SC-1)', () => {
    const outcome = approved().when(depart);
    expect(outcome.events).toMatchObject([
      { type: 'DispatchDeparted', data: { leg: 1, carrier: 'taicang-station', escortCount: 2 } },
      {
        type: 'FeedbackDue',
        data: {
          departure: 'd1',
          departedAt: depart.now,
          sender: 'taicang-station',
          addressee: 'fengyang-station',
          mode: 'ESCORTED_CROSS_PROVINCE',
        },
      },
    ]);
    expect(stateOf(outcome).location).toBe('IN_TRANSIT');
    expect(dispatchOf(outcome)).toMatchObject({ phase: 'DEPARTED', escorted: true, departedAt: depart.now });
    expect(outcome.duties).toContain('opened D-F1-1 taicang-station→fengyang-station until 2020-10-24T00:00:00+08:00');
  });
  it('custody stays with the station that carries', () => expect(stateOf(departed()).custody.holder).toBe('taicang-station'));
  it('stays quiet the second time', () => expect(departed().when({ ...depart, now: on('10-16T09:00') }).events).toEqual([]));
  it('not without approval', () => expect(after(accepted(), certify).refusal(depart)).toBe('illegal-transition'));
  it('the reason is told rather than that the approval is missing', () => {
    expect(after(contacted(), certify).refusal(depart)).toBe('DSP-NO-RECEPTION');
    expect(accepted().refusal(depart)).toBe('DSP-NOT-FIT');
  });
  it('not on an identity that was retracted since', () =>
    expect(approved().and(retract).refusal(depart)).toBe('DSP-IDENTITY-NOT-CONFIRMED'));
  it('not on a plan for an identity that no longer holds', () =>
    expect(after(approved(), retract, confirmOther).refusal(depart)).toBe('DSP-IDENTITY-VERSION-STALE'));
  it('the certificate holds on its last day and not on the next', () => {
    expect(typesOf(approved().when({ ...depart, now: on('10-22T08:10') }))).toContain('DispatchDeparted');
    expect(approved().refusal({ ...depart, now: on('10-23T08:10') })).toBe('DSP-NOT-FIT');
  });
  it('only the carrier of the leg', () => expect(approved().refusal({ ...depart, by: 'wuxi-station' })).toBe('ACT-WRONG-AGENCY'));
  it('only legs of the way', () => expect(approved().refusal(but(depart, { leg: 2 }))).toBe('unknown-reference'));
  it('only a person whom it has', () => {
    const moved = after(
      approved(),
      asks('taicang-station', '10-15T16:00', 'OfferHandover', {
        handoverId: 'h1',
        kind: 'STATION_HOSPITAL',
        to: 'taicang-hospital',
        statement: {},
      }),
    );
    expect(moved.refusal(depart)).toBe('HND-OPEN');
    const signed = moved.and(asks('taicang-hospital', '10-15T16:30', 'AcceptHandover', { handoverId: 'h1', statement: {} }));
    expect(signed.refusal(depart)).toBe('DSP-NOT-IN-CUSTODY');
  });
  it('nobody sets out with a dead person', () => {
    const death = asks('taicang-station', '10-15T20:00', 'RecordDeath', { place: '站内', cause: '心脏骤停' });
    const dead = approved().when(death);
    expect(typesOf(dead)).toEqual(['DeathRecorded', 'DispatchCancelled']);
    expect(dispatchOf(dead).phase).toBe('CANCELLED');
    expect(approved().and(death).refusal(depart)).toMatch(/^(CASE|DSP)-DECEASED$/);
  });
  it('who goes alone leaves by a step of leaving, not with a carrier', () => {
    const alone = after(personIn('IN_STATION'), but(plan, { mode: 'SELF_RETURN', legs: [] }), certify, approve);
    expect(alone.refusal(depart)).toBe('illegal-transition');
  });
});

describe('who needs protection', () => {
  const ready = (facts: Partial<Case['person']>): Story =>
    after(personIn('IN_STATION', withPerson(facts)), plan, letter, accept, certify, approve);
  it.each([
    ['a minor', { minor: true }],
    ['a person without full capacity', { limitedCapacity: true }],
  ] as const)('%s travels with an escort', (_who, facts) => {
    expect(ready(facts).refusal(but(depart, { escorts: [] }))).toBe('DSP-MINOR-UNESCORTED');
    expect(typesOf(ready(facts).when(depart))).toContain('DispatchDeparted');
  });
  it('an adult may travel with the driver alone', () =>
    expect(typesOf(ready({}).when(but(depart, { escorts: [] })))).toContain('DispatchDeparted'));
  it('a minor is not sent home alone', () => {
    const alone = after(personIn('IN_STATION', withPerson({ minor: true })), but(plan, { mode: 'SELF_WITH_VOUCHER', legs: [] }), certify);
    expect(alone.refusal(approve)).toBe('DSP-MINOR-UNESCORTED');
  });
  it('relatives may collect a minor', () => {
    const collect = after(personIn('IN_STATION', withPerson({ minor: true })), but(plan, { mode: 'RELATIVES_COLLECT', legs: [] }), certify);
    expect(typesOf(collect.when(approve))).toEqual(['DispatchApproved']);
  });
});
