import { caseStream } from '../catalogue';
import {
  after,
  asked,
  beforeDeparture,
  caseOf,
  content,
  due,
  leave,
  loopOf,
  openDuties,
  sc1,
  type Sc1Step,
} from '../../testing/loop-story';
import { confirmed } from '../../testing/person-in';
import { cancelledLoops } from './cancel-loop';

const loopId = 'loop-1';
const retract = {
  type: 'RetractIdentity',
  by: 'taicang-station',
  now: '2020-12-02T16:00:00+08:00',
  data: { reason: 'MISMATCH_AT_ARRIVAL' },
};
const withdraw = (by = 'taicang-station', now = '2020-12-03T10:00:00+08:00') =>
  asked('WithdrawFeedback', by, now, { loopId, letterId: 'letter-w', letterNumber: '太救助函〔2020〕50号', reason: '身份有误' });

describe('SC-5: a wrong identity, corrected later', () => {
  const sent = beforeDeparture({ identity: confirmed('411628') })
    .and(
      leave('taicang-station', {
        departure: 'dispatch-1',
        at: '2020-12-01T08:00:00+08:00',
        expectedArrival: '2020-12-02T08:00:00+08:00',
        mode: 'ESCORTED_CROSS_PROVINCE',
      }),
    )
    .and(
      asked('IssueFeedbackLetter', 'taicang-station', '2020-12-01T16:00:00+08:00', {
        loopId,
        letterId: 'letter-1',
        letterNumber: '太救助函〔2020〕49号',
        to: 'luyi-civil-affairs',
        channel: 'EMS',
        content,
      }),
    );
  it('the retraction cancels the loop, and the letter that is out must be withdrawn within a working day (due 12-03)', () => {
    const { events, duties } = sent.when(retract);
    expect(events.map(({ type }) => type)).toEqual(['IdentityRetracted', 'LoopCancelled']);
    expect(duties).toEqual(['lapsed D-F1-1', 'opened D-F12-1 taicang-station→luyi-civil-affairs until 2020-12-04T00:00:00+08:00']);
  });
  it('the withdrawal on 12-03 meets it, and both letters stay', () => {
    const story = sent.and(retract);
    expect(story.when(withdraw())).toMatchObject({
      events: [{ type: 'FeedbackWithdrawn', data: { withdraws: 'letter-1' } }],
      duties: ['discharged D-F12-1'],
    });
    expect(loopOf(story.and(withdraw()))).toMatchObject({ phase: 'CANCELLED', cancelledFor: 'IDENTITY_RETRACTED', withdrawn: true });
    expect(story.and(withdraw()).history.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['FeedbackLetterIssued', 'FeedbackWithdrawn']),
    );
  });
  it('the return under the second identity has a loop of its own (due 12-22)', () => {
    const second = beforeDeparture({ identity: confirmed('411421'), feedback: caseOf(sent.and(retract).and(withdraw())).feedback });
    const { events, duties } = second.when(
      leave('taicang-station', {
        departure: 'dispatch-2',
        at: '2020-12-15T08:00:00+08:00',
        expectedArrival: '2020-12-15T20:00:00+08:00',
        mode: 'ESCORTED_CROSS_PROVINCE',
      }),
    );
    expect(events).toMatchObject([{ data: { loopId: 'loop-2', addressee: 'minquan-station' } }]);
    expect(duties[0]).toContain('until 2020-12-23');
  });
});

describe('withdrawing a letter', () => {
  const early = (by?: string) => withdraw(by, '2020-10-22T10:00:00+08:00');
  it('cancels the loop and every duty in it', () => {
    const story = after('ledger').and(early());
    expect(loopOf(story)).toMatchObject({ phase: 'CANCELLED', cancelledFor: 'WITHDRAWN' });
    expect(openDuties(story)).toEqual([]);
  });
  it('stays quiet the second time', () => expect(after('ledger').and(early()).when(early()).events).toEqual([]));
  it('is for the sender only', () => expect(after('ledger').refusal(early('wuxi-station'))).toBe('ACT-WRONG-AGENCY'));
  it('needs a letter that is out', () => expect(due().refusal(early())).toBe('illegal-transition'));
  it('is too late for a closed loop', () => expect(after('close').refusal(withdraw())).toBe('illegal-transition'));
  it('takes a new letter id', () =>
    expect(after('ledger').refusal({ ...early(), data: { ...early().data, letterId: 'letter-33' } })).toBe('ID-TAKEN'));
  it('where a loop was cancelled before any letter went out there is nothing to withdraw', () =>
    expect(due().and(retract).refusal(withdraw())).toBe('illegal-transition'));
});

describe('the grounds of a loop that fall away', () => {
  const cancelled = (step: Sc1Step, why: Parameters<typeof cancelledLoops>[1]): number => cancelledLoops(caseOf(after(step)), why).length;
  it('a retracted identity ends every loop that is not closed', () => {
    expect(cancelled('issue', 'IDENTITY_RETRACTED')).toBe(1);
    expect(cancelled('outcomeReceipt', 'IDENTITY_RETRACTED')).toBe(1);
    expect(cancelled('close', 'IDENTITY_RETRACTED')).toBe(0);
  });
  it.each(['DEATH_BEFORE_ARRIVAL', 'ABORTED'] as const)('%s ends those whose person has not arrived', (why) => {
    expect(cancelled('issue', why)).toBe(1);
    expect(cancelled('reception', why)).toBe(0);
  });
  it('a loop is cancelled once', () => expect(cancelledLoops(caseOf(after('issue').and(retract)), 'ABORTED')).toEqual([]));
  it('only the loop of the departure named', () => expect(cancelledLoops(caseOf(due()), 'ABORTED', 'dispatch-9')).toEqual([]));
  it('a death on the way cancels the loop and wants no withdrawal', () => {
    const dead = { type: 'RecordDeath', by: 'taicang-station', now: '2020-10-20T09:00:00+08:00', data: { place: '途中', cause: '急病' } };
    const story = after('issue').and(dead);
    expect(loopOf(story)).toMatchObject({ phase: 'CANCELLED', cancelledFor: 'DEATH_BEFORE_ARRIVAL' });
    expect(openDuties(story)).toEqual([]);
  });
  it('a death after the arrival ends what is owed to the person; the answer in writing is still owed', () => {
    const dead = { type: 'RecordDeath', by: 'taicang-station', now: '2020-11-10T09:00:00+08:00', data: { place: '家中', cause: '急病' } };
    expect(openDuties(after('hardship').and(dead))).toEqual(['D-F8-1']);
    expect(openDuties(after('reception').and(dead))).toEqual(['D-F8-1']);
  });
});

it('archiving does not stop an open loop', () => {
  const archived = beforeDeparture({ location: 'ARCHIVED', feedback: caseOf(due()).feedback });
  expect(archived.when(sc1.issue).events).toHaveLength(1);
});

it('the case knows every step of the loop', () =>
  expect(Object.keys(caseStream.commands)).toEqual(expect.arrayContaining(['IssueFeedbackLetter', 'CloseLoop'])));
