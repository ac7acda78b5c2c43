import { Refusal } from '../../refusal';
import type { Command } from '../../words';
import { noCase } from '../case';
import type { Asked, Story } from '../../testing/given';
import { after, asked, due, loopOf, openDuties, sc1 } from '../../testing/loop-story';

const loopId = 'loop-1';
const outcome = (data: Partial<typeof sc1.outcome.data> = {}, by = 'fengyang-station') => ({
  ...sc1.outcome,
  by,
  data: { ...sc1.outcome.data, ...data },
});
const reopen = (why: 'LATE_HARDSHIP' | 'IDENTITY_CORRECTION' | 'REPEAT_WANDERING', by = 'fengyang-station') =>
  asked('ReopenLoop', by, '2020-12-01T09:00:00+08:00', { loopId, why, reason: '新情况' });
const detailOf = (story: Story, command: Asked<Command>): Refusal['detail'] => {
  try {
    story.when(command);
  } catch (error) {
    if (error instanceof Refusal) return error.detail;
  }
  throw new Error('It was not refused.');
};

describe('the outcome letter', () => {
  it('before the ledger entry is refused', () => expect(after('receipt').refusal(sc1.outcome)).toBe('OUT-BEFORE-LEDGER'));
  it('before the visit is refused', () => expect(after('reception').refusal(sc1.outcome)).toBe('illegal-transition'));
  it('is written by the addressee only', () => expect(after('visit').refusal(outcome({}, 'wuxi-station'))).toBe('ACT-WRONG-AGENCY'));
  it('stays quiet the second time', () => expect(after('outcome').when(outcome()).events).toEqual([]));
  it('is written once', () => expect(after('outcome').refusal(outcome({ letterId: 'letter-42' }))).toBe('illegal-transition'));
  it('says what became of the person', () =>
    expect(after('visit').refusal(outcome({ reception: 'NOT_ARRIVED' }))).toBe('validation-failed'));
  it('takes a number and an id of its own', () => {
    expect(after('visit').refusal(outcome({ letterNumber: '二十号' }))).toBe('LETTER-NUMBER');
    expect(after('visit').refusal(outcome({ letterId: 'letter-33' }))).toBe('ID-TAKEN');
  });
  it('answers its duty only when the inflow station has receipted it', () => {
    expect(after('hardship').when(sc1.outcome).duties).toEqual([]);
    expect(after('outcome').when(sc1.outcomeReceipt).duties).toEqual(['discharged D-F8-1']);
  });
  it('is receipted by the inflow station, once, and not before it came', () => {
    expect(after('outcome').refusal({ ...sc1.outcomeReceipt, by: 'wuxi-station' })).toBe('RCP-NOT-ADDRESSEE');
    expect(after('outcomeReceipt').when(sc1.outcomeReceipt).events).toEqual([]);
    expect(after('hardship').refusal(sc1.outcomeReceipt)).toBe('illegal-transition');
    expect(after('outcome').refusal({ ...sc1.outcomeReceipt, data: { ...sc1.outcomeReceipt.data, letterId: 'letter-9' } })).toBe(
      'unknown-reference',
    );
  });
});

describe('closing', () => {
  it('with anything missing is refused and says what', () => {
    expect(detailOf(after('visit'), { ...sc1.close, now: '2020-11-06T09:00:00+08:00' })).toEqual({
      missing: ['outcome', 'outcomeReceipt'],
    });
    expect(detailOf(after('reception'), sc1.close).missing).toContain('visit');
    expect(after('outcome').refusal(sc1.close)).toBe('LOOP-CLOSE-INCOMPLETE');
    expect(detailOf(due(), sc1.close).missing).toHaveLength(8);
  });
  it('is done by the owner of the case only', () =>
    expect(after('outcomeReceipt').refusal({ ...sc1.close, by: 'fengyang-station' })).toBe('ACT-WRONG-AGENCY'));
  it('of a closed loop is refused', () => expect(after('close').refusal(sc1.close)).toBe('loop-already-closed'));
  it('cannot be earlier than the receipt of the answer', () =>
    expect(after('outcomeReceipt').refusal({ ...sc1.close, at: '2020-11-12T20:00:00+08:00' })).toBe('TIM-ORDER'));
  it('needs no visit where nobody arrived', () => {
    const absent = asked('ReportNotArrived', 'fengyang-station', '2020-10-22T09:00:00+08:00', { loopId, policeInformed: true });
    const answered = after('ledger', due({ custody: noCase.custody }))
      .and(absent)
      .and(outcome({ reception: 'NOT_ARRIVED' }))
      .and(sc1.outcomeReceipt);
    expect(loopOf(answered.and(sc1.close))).toMatchObject({
      phase: 'CLOSED',
      evidence: expect.not.objectContaining({ visit: expect.anything() }),
    });
    expect(openDuties(answered.and(sc1.close))).toEqual([]);
  });
  it('takes the placement by the government for the visit', () => {
    const placed = after('reception')
      .and(asked('EstablishHomelessness', 'fengyang-station', '2020-10-22T09:00:00+08:00', { loopId }))
      .and(
        asked('DecideHomelessPlacement', 'fengyang-civil-affairs', '2020-10-26T09:00:00+08:00', {
          loopId,
          placement: 'fengyang-station',
          decisionNumber: '凤民〔2020〕7号',
        }),
      );
    expect(
      loopOf(
        placed
          .and(outcome({ reception: 'HOMELESS_PLACED' }))
          .and(sc1.outcomeReceipt)
          .and(sc1.close),
      ),
    ).toMatchObject({ phase: 'CLOSED' });
  });
});

describe('a closed loop', () => {
  it('taken up again wants a visit and an answer anew', () => {
    const open = after('close').and(reopen('LATE_HARDSHIP'));
    expect(loopOf(open)).toMatchObject({ phase: 'RECEIVED' });
    expect(detailOf(open, { ...sc1.close, now: '2020-12-02T09:00:00+08:00' }).missing).toEqual(['visit', 'outcome', 'outcomeReceipt']);
  });
  it('is disputed when the identity turns out wrong', () =>
    expect(loopOf(after('close').and(reopen('IDENTITY_CORRECTION', 'taicang-station')))).toMatchObject({ phase: 'DISPUTED' }));
  it('is taken up by either side and by nobody else', () => {
    expect(loopOf(after('close').and(reopen('REPEAT_WANDERING', 'taicang-station')))).toMatchObject({ phase: 'RECEIVED' });
    expect(after('close').refusal(reopen('LATE_HARDSHIP', 'wuxi-station'))).toBe('ACT-WRONG-AGENCY');
  });
  it('is not taken up while it is open', () => expect(after('visit').refusal(reopen('LATE_HARDSHIP'))).toBe('illegal-transition'));
  it('wants a reception anew where nobody had arrived', () => {
    const absent = asked('ReportNotArrived', 'fengyang-station', '2020-10-22T09:00:00+08:00', { loopId, policeInformed: false });
    const closed = after('ledger', due({ custody: noCase.custody }))
      .and(absent)
      .and(outcome({ reception: 'NOT_ARRIVED' }))
      .and(sc1.outcomeReceipt)
      .and(sc1.close);
    const open = closed.and(reopen('REPEAT_WANDERING'));
    expect(detailOf(open, { ...sc1.close, now: '2020-12-02T09:00:00+08:00' }).missing).toContain('reception');
    expect(openDuties(open)).toEqual(['D-F4-2', 'D-F8-2']);
    // Expected in October, at home in December: the visit is not overdue on the day it becomes owed.
    expect(open.when({ ...sc1.reception, now: '2020-12-03T09:00:00+08:00' }).duties).toEqual([
      'discharged D-F4-2',
      'opened D-F5-1 fengyang-station→PERSON until 2021-01-01T00:00:00+08:00',
    ]);
  });
  it('taken up again is owed its visit (30 days) and its answer (60 days) from then on', () =>
    expect(after('close').when(reopen('LATE_HARDSHIP')).duties).toEqual([
      'opened D-F5-2 fengyang-station→PERSON until 2021-01-01T00:00:00+08:00',
      'opened D-F8-2 fengyang-station→taicang-station until 2021-02-02T00:00:00+08:00',
    ]));
  it('disputed anew is owed its answer; the visit as well once the dispute is rejected', () => {
    const disputed = after('close').when(reopen('IDENTITY_CORRECTION'));
    expect(disputed.duties).toEqual(['opened D-F8-2 fengyang-station→taicang-station until 2021-02-02T00:00:00+08:00']);
    const rejected = after('close')
      .and(reopen('IDENTITY_CORRECTION'))
      .when(asked('RejectDispute', 'taicang-station', '2020-12-03T09:00:00+08:00', { loopId, reason: 'DNA已确认' }));
    expect(rejected.duties).toEqual(['opened D-F5-2 fengyang-station→PERSON until 2021-01-05T00:00:00+08:00']);
  });
  it('closed once more owes nothing', () => {
    const visit = { ...sc1.visit, by: 'fengyang-station', now: '2020-12-10T15:00:00+08:00', data: { ...sc1.visit.data, hardships: [] } };
    const answer = { ...outcome({ letterId: 'letter-50', letterNumber: '凤救助函〔2020〕30号' }), now: '2020-12-11T10:00:00+08:00' };
    const receipt = {
      ...sc1.outcomeReceipt,
      now: '2020-12-12T09:00:00+08:00',
      data: { ...sc1.outcomeReceipt.data, letterId: 'letter-50' },
    };
    const story = after('measure', due()).and(reopen('LATE_HARDSHIP')).and(visit).and(answer).and(receipt);
    expect(openDuties(story.and({ ...sc1.close, now: '2020-12-12T10:00:00+08:00' }))).toEqual([]);
  });
});

describe('a duty passed on', () => {
  it('lets the new debtor act in the place of the old one (SC-4: a station is established later)', () => {
    const transfer = {
      type: 'TransferDuty',
      by: 'fengyang-station',
      now: '2020-10-20T09:00:00+08:00',
      data: { dutyId: 'D-F2-1', to: 'zhoukou-station', reason: '新站成立' },
    };
    const story = after('deliver').and(transfer);
    expect(loopOf(story.and({ ...sc1.receipt, by: 'zhoukou-station' }))).toMatchObject({ phase: 'RECEIPTED' });
    expect(story.and({ ...sc1.receipt, by: 'zhoukou-station' }).when({ ...sc1.ledger, by: 'zhoukou-station' }).duties[0]).toBe(
      'discharged D-F3-1',
    );
  });
});
