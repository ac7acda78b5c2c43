import { noCase } from '../case';
import { withCustody } from '../custody';
import { confirmed, personIn } from '../../testing/person-in';
import { stateOf } from '../../testing/reception-story';
import {
  accepted,
  after,
  asks,
  but,
  contacted,
  departed,
  dispatchOf,
  on,
  planned,
  returnDuties,
  sc1,
  typesOf,
} from '../../testing/return-story';
import type { Asked, Story } from '../../testing/given';

const [station, county, prefecture] = ['taicang-station', 'taicang-civil-affairs', 'suzhou-civil-affairs'];
const refuse = asks('fengyang-station', '10-15T10:00', 'RefuseReception', {
  dispatchId: 'd1',
  reason: 'NO_CAPACITY',
  letterNumber: '凤救助函〔2020〕11号',
});
const up = asks(station, '10-15T15:00', 'EscalateRefusal', {
  escalationId: 'e1',
  dispatchId: 'd1',
  toAgency: county,
  letterNumber: '太救助字〔2020〕3号',
  summary: '流出地拒收',
});
const further = but({ ...up, by: county, now: on('10-19T15:00') }, { toAgency: prefecture, letterNumber: '太民字〔2020〕12号' });
const take = asks(county, '10-16T09:00', 'OpenCoordination', { escalationId: 'e1', counterpart: 'fengyang-civil-affairs' });
const decide = asks(county, '10-19T10:00', 'DecideCoordination', {
  escalationId: 'e1',
  decision: 'MUST_RECEIVE',
  letterNumber: '太民字〔2020〕13号',
  bindingOn: ['fengyang-station'],
});
const close = asks(station, '10-20T09:00', 'CloseEscalation', { escalationId: 'e1', outcome: '流出地同意接收' });
const silence = (dutyId: string, when: string): Asked => ({
  by: 'guitu',
  role: 'system',
  now: on(when),
  type: 'BreachDuty',
  data: { dutyId },
});

const refused = (): Story => contacted().and(refuse);
const escalated = (): Story => refused().and(up);
const urgentReason = '病情危重';

describe('a refusal goes up', () => {
  it('from the station to its own department', () => {
    const outcome = refused().when(up);
    expect(outcome.events).toMatchObject([
      { type: 'RefusalEscalated', data: { fromAgency: station, toAgency: county, rung: 1, urgent: false } },
    ]);
    expect(dispatchOf(outcome).phase).toBe('ESCALATED');
    expect(stateOf(outcome).ladder['e1']).toMatchObject({ phase: 'OPEN', rungs: [county] });
  });
  it('from there to its own superior, by the department that has it', () => {
    expect(escalated().when(further).events).toMatchObject([{ type: 'RefusalEscalated', data: { fromAgency: county, rung: 2 } }]);
    expect(escalated().refusal({ ...further, by: prefecture })).toBe('ACT-WRONG-AGENCY');
    expect(escalated().refusal(but({ ...further, by: station }, {}))).toBe('ACT-WRONG-AGENCY');
  });
  it('stays quiet the second time', () => {
    expect(escalated().when({ ...up, now: on('10-15T16:00') }).events).toEqual([]);
    expect(
      escalated()
        .and(further)
        .when({ ...further, now: on('10-19T16:00') }).events,
    ).toEqual([]);
  });
  it('only with a refusal, or silence over two limits', () => {
    expect(planned().refusal(up)).toBe('ESC-NO-REFUSAL');
    expect(contacted().refusal(up)).toBe('ESC-NO-REFUSAL');
    const once = contacted().and(silence('D-R3-1', '10-17T00:01'));
    expect(once.refusal({ ...up, now: on('10-19T09:00') })).toBe('ESC-NO-REFUSAL');
    const second = but({ ...sc1.letter, now: on('10-19T09:00') }, { letterId: 'contact-2', letterNumber: '太救助函〔2020〕32号' });
    const twice = after(once, second, silence('D-R3-2', '10-23T00:01'));
    expect(returnDuties(twice.when({ ...up, now: on('10-23T10:00') }))).toContain('discharged D-R5-1');
    const decided = twice.and({ ...up, now: on('10-23T10:00') }).when({ ...decide, now: on('10-26T10:00') });
    expect(returnDuties(decided)).toEqual(['lapsed D-R3-1', 'lapsed D-R3-2', 'discharged D-R6-1']);
  });
  it.each(['IDENTITY_DOUBT', 'NOT_OUR_DIVISION', 'HOUSEHOLD_MOVED', 'NOT_FOUND'] as const)(
    'not for %s: that is for identity, place or a re-check',
    (reason) => expect(contacted().and(but(refuse, { reason })).refusal(up)).toBe('ESC-REASON-NOT-ESCALABLE'),
  );
  it('not once reception is agreed or the person is on the way', () => {
    expect(accepted().refusal({ ...up, now: on('10-15T16:00') })).toBe('ESC-NO-REFUSAL');
    expect(
      refused()
        .and({ ...sc1.accept, now: on('10-15T14:00') })
        .refusal(up),
    ).toBe('illegal-transition');
    expect(departed().refusal({ ...up, now: on('10-16T09:00') })).toBe('ESC-NO-REFUSAL');
  });
  it('to nobody but the direct superior', () => {
    expect(refused().refusal(but(up, { toAgency: prefecture }))).toBe('ESC-SKIP-LEVEL');
    expect(refused().refusal(but(up, { toAgency: 'fengyang-civil-affairs' }))).toBe('ESC-SKIP-LEVEL');
    expect(refused().refusal(but(up, { toAgency: 'nobody' }))).toBe('agency-unknown');
    expect(refused().refusal(but(up, { toAgency: 'fengyang-station' }))).toBe('validation-failed');
  });
  it('in an emergency a rung may be left out, for a reason, and only towards a superior', () => {
    expect(refused().when(but(up, { toAgency: prefecture, urgent: true, urgentReason })).events).toMatchObject([
      { data: { urgent: true, rung: 1 } },
    ]);
    expect(refused().refusal(but(up, { toAgency: prefecture, urgent: true }))).toBe('ESC-SKIP-LEVEL');
    expect(refused().refusal(but(up, { toAgency: 'henan-civil-affairs', urgent: true, urgentReason }))).toBe('ESC-SKIP-LEVEL');
  });
  it('only the owner begins it; every name is used for one dispatch', () => {
    expect(refused().refusal({ ...up, by: 'fengyang-station' })).toBe('ACT-WRONG-AGENCY');
    expect(refused().refusal(but(up, { dispatchId: 'd9' }))).toBe('unknown-reference');
    expect(escalated().refusal(but({ ...up, now: on('10-16T09:00') }, { escalationId: 'e2' }))).toBe('illegal-transition');
  });
  it('not before the refusal', () => expect(refused().refusal({ ...up, at: on('10-15T09:00') })).toBe('TIM-ORDER'));
  it('the top has no superior', () => {
    const top = after(
      escalated(),
      further,
      but({ ...up, by: prefecture, now: on('10-20T09:00') }, { toAgency: 'jiangsu-civil-affairs' }),
      but({ ...up, by: 'jiangsu-civil-affairs', now: on('10-21T09:00') }, { toAgency: 'ministry' }),
    );
    expect(top.refusal(but({ ...up, by: 'ministry', now: on('10-22T09:00') }, { toAgency: 'henan-civil-affairs' }))).toBe('ESC-SKIP-LEVEL');
  });
});

describe('the ladder ends at the lowest superior of both sides (P6(5))', () => {
  const [jiangyin, wuxi] = ['jiangyin-station', 'wuxi-civil-affairs'];
  const inPrefecture = after(
    personIn('IN_STATION', {
      owner: jiangyin,
      foundIn: '320281',
      custody: withCustody(noCase.custody, jiangyin, on('10-12T09:40')),
      identity: confirmed('320211'),
    }),
    asks(jiangyin, '10-13T15:40', 'PlanDispatch', {
      dispatchId: 'd1',
      mode: 'ESCORT',
      destination: '320211',
      legs: [{ carrier: jiangyin, fromDivision: '320281', toDivision: '320211', transport: 'CAR', date: '2020-10-16' }],
      expectedArrival: on('10-16T16:00'),
    }),
    but({ ...sc1.letter, by: jiangyin }, { to: 'wuxi-station' }),
    { ...refuse, by: 'wuxi-station' },
    but({ ...up, by: jiangyin }, { toAgency: 'jiangyin-civil-affairs' }),
  );
  const toWuxi = but({ ...up, by: 'jiangyin-civil-affairs', now: on('10-16T09:00') }, { toAgency: wuxi });
  const beyond = but({ ...up, by: wuxi, now: on('10-19T09:00') }, { toAgency: 'jiangsu-civil-affairs' });

  it('within one prefecture it goes up to the prefecture', () => expect(inPrefecture.when(toWuxi).events).toHaveLength(1));
  it('which decides: there is no higher rung', () => {
    expect(inPrefecture.and(toWuxi).refusal(beyond)).toBe('illegal-transition');
    expect(typesOf(inPrefecture.and(toWuxi).when({ ...decide, by: wuxi }))).toEqual(['CoordinationDecided']);
  });
});

describe('a rejection at the door', () => {
  const rejected = (reason: 'NO_CAPACITY' | 'IDENTITY_MISMATCH') =>
    asks('fengyang-station', '10-16T16:00', 'RejectOnArrival', {
      dispatchId: 'd1',
      reason,
      temporaryCareBy: 'chongchuan-station',
      note: '说明',
    });
  const turnedAway = (): Story => departed().and(rejected('NO_CAPACITY'));
  const upAgain = { ...up, now: on('10-19T09:00') };
  const ordered = (): Story => after(turnedAway(), upAgain, { ...decide, now: on('10-20T10:00') });
  const anew = but(
    { ...sc1.plan, now: on('10-20T11:00') },
    {
      dispatchId: 'd2',
      legs: sc1.plan.data.legs.map((leg) => ({ ...leg, date: '2020-10-21' })),
      expectedArrival: on('10-21T16:00'),
    },
  );

  it('goes up like a refusal, within one working day', () => {
    expect(returnDuties(departed().when(rejected('NO_CAPACITY')))).toContain(
      'opened D-R5-1 taicang-station→taicang-civil-affairs until 2020-10-20T00:00:00+08:00',
    );
    expect(returnDuties(turnedAway().when(upAgain))).toContain('discharged D-R5-1');
    expect(
      turnedAway()
        .and(upAgain)
        .when({ ...further, now: on('10-20T09:00') }).events,
    ).toHaveLength(1);
  });
  it('the order to receive carries the next plan to that place, and no other', () => {
    expect(dispatchOf(ordered())).toMatchObject({ phase: 'REJECTED_ON_ARRIVAL' });
    expect(dispatchOf(ordered().and(anew), 'd2')).toMatchObject({ phase: 'DECIDED_RECEIVE', receiver: 'fengyang-station' });
    const approve = { ...sc1.approve, now: on('10-20T12:00'), data: { dispatchId: 'd2' } };
    expect(typesOf(ordered().and(anew).when(approve))).toEqual(['DispatchApproved']);
    const elsewhere = but(anew, { destination: '411421', legs: anew.data.legs.map((leg) => ({ ...leg, toDivision: '411421' })) });
    expect(dispatchOf(ordered().and(elsewhere), 'd2').phase).toBe('DRAFT');
  });
  it('another decision carries nothing', () => {
    const kept = after(turnedAway(), upAgain, but({ ...decide, now: on('10-20T10:00') }, { decision: 'INFLOW_KEEPS' }));
    expect(dispatchOf(kept.and(anew), 'd2').phase).toBe('DRAFT');
  });
  it('an agreement to a new plan ends the duty to report', () => {
    const letter = { ...sc1.letter, now: on('10-19T10:00'), data: { ...sc1.letter.data, dispatchId: 'd2', letterId: 'contact-2' } };
    const asked = after(turnedAway(), { ...anew, now: on('10-19T09:00') }, letter);
    expect(returnDuties(asked.when({ ...sc1.accept, now: on('10-19T15:00'), data: { dispatchId: 'd2' } }))).toEqual([
      'discharged D-R3-2',
      'lapsed D-R5-1',
    ]);
  });
  it('for a mismatch goes back to the identity', () => {
    expect(returnDuties(departed().when(rejected('IDENTITY_MISMATCH')))).toEqual([]);
    expect(departed().and(rejected('IDENTITY_MISMATCH')).refusal(upAgain)).toBe('ESC-REASON-NOT-ESCALABLE');
  });
});

describe('a department takes it up', () => {
  it('and talks to its counterpart', () => {
    const outcome = escalated().when(take);
    expect(typesOf(outcome)).toEqual(['CoordinationOpened']);
    expect(stateOf(outcome).ladder['e1']?.coordinating).toEqual([county]);
  });
  it('stays quiet the second time', () =>
    expect(
      escalated()
        .and(take)
        .when({ ...take, now: on('10-16T10:00') }).events,
    ).toEqual([]));
  it('only the one that it has reached last', () => {
    expect(escalated().refusal({ ...take, by: prefecture })).toBe('ACT-WRONG-AGENCY');
    expect(
      escalated()
        .and(further)
        .refusal({ ...take, now: on('10-19T16:00') }),
    ).toBe('ACT-WRONG-AGENCY');
    expect(refused().refusal(take)).toBe('unknown-reference');
    expect(
      escalated()
        .and(decide)
        .refusal({ ...take, now: on('10-19T11:00') }),
    ).toBe('illegal-transition');
  });
});

describe('a department decides', () => {
  it('that the person must be received: the journey may be approved', () => {
    const story = after(escalated(), decide, { ...sc1.certify, now: on('10-19T11:00') });
    expect(typesOf(story.when({ ...sc1.approve, now: on('10-19T12:00') }))).toEqual(['DispatchApproved']);
  });
  it.each(['BACK_TO_IDENTITY', 'INFLOW_KEEPS', 'SETTLE'] as const)('%s: that plan is over and another may follow', (decision) => {
    const decided = escalated().and(but(decide, { decision }));
    expect(dispatchOf(decided).phase).toBe('DECIDED_OTHER');
    expect(typesOf(decided.when(but({ ...sc1.plan, now: on('10-15T17:00') }, { dispatchId: 'd2' })))).toEqual(['DispatchPlanned']);
  });
  it('REDIRECT names the other place, and nothing else does', () => {
    expect(typesOf(escalated().when(but(decide, { decision: 'REDIRECT', redirectTo: '411421' })))).toEqual(['CoordinationDecided']);
    expect(escalated().refusal(but(decide, { decision: 'REDIRECT' }))).toBe('validation-failed');
    expect(escalated().refusal(but(decide, { redirectTo: '411421' }))).toBe('validation-failed');
  });
  it('stays quiet the second time, and does not decide otherwise', () => {
    const decided = escalated().and(decide);
    expect(decided.when({ ...decide, now: on('10-19T11:00') }).events).toEqual([]);
    expect(decided.refusal(but({ ...decide, now: on('10-19T11:00') }, { decision: 'SETTLE' }))).toBe('illegal-transition');
    expect(decided.refusal(further)).toBe('illegal-transition');
  });
  it('not before it was asked', () => {
    expect(escalated().refusal({ ...decide, at: on('10-15T14:00'), backfillReason: '补录' })).toBe('TIM-ORDER');
    expect(escalated().refusal({ ...further, at: on('10-15T14:00'), backfillReason: '补录' })).toBe('TIM-ORDER');
  });
  it('only the newest rung, on agencies that exist', () => {
    expect(
      escalated()
        .and(further)
        .refusal({ ...decide, now: on('10-20T10:00') }),
    ).toBe('ACT-WRONG-AGENCY');
    expect(escalated().refusal(but(decide, { bindingOn: ['nobody'] }))).toBe('agency-unknown');
  });
  it('when the outflow side has agreed meanwhile, its agreement stands', () => {
    const agreed = escalated().and({ ...sc1.accept, now: on('10-16T09:00') });
    expect(dispatchOf(agreed.when(but(decide, { decision: 'INFLOW_KEEPS' })))).toMatchObject({ phase: 'ACCEPTED' });
    expect(agreed.refusal(further)).toBe('illegal-transition');
  });
});

describe('the inflow side closes it', () => {
  it('after the decision', () => expect(stateOf(after(escalated(), decide, close)).ladder['e1']?.phase).toBe('CLOSED'));
  it('or when the outflow side agreed before one: the rung owes nothing any more', () => {
    const agreed = escalated().and({ ...sc1.accept, now: on('10-16T09:00') });
    expect(returnDuties(agreed.when({ ...close, now: on('10-16T10:00') }))).toEqual(['lapsed D-R6-1']);
  });
  it('not while the return home waits for the decision', () => expect(escalated().refusal(close)).toBe('illegal-transition'));
  it('by the owner or its department; quiet the second time', () => {
    expect(
      typesOf(
        escalated()
          .and(decide)
          .when({ ...close, by: county }),
      ),
    ).toEqual(['EscalationClosed']);
    expect(
      escalated()
        .and(decide)
        .refusal({ ...close, by: prefecture }),
    ).toBe('ACT-WRONG-AGENCY');
    expect(after(escalated(), decide, close).when({ ...close, now: on('10-20T10:00') }).events).toEqual([]);
  });
});

describe('the rungs’ duty falls with the plan', () => {
  it('cancelled', () =>
    expect(
      returnDuties(escalated().when(asks(station, '10-16T09:00', 'CancelDispatch', { dispatchId: 'd1', why: 'PERSON_DECLINES' }))),
    ).toEqual(['lapsed D-R6-1']));
  it('by a death', () =>
    expect(returnDuties(escalated().when(asks(station, '10-16T09:00', 'RecordDeath', { place: '站内', cause: '心脏骤停' })))).toContain(
      'lapsed D-R6-1',
    ));
});
