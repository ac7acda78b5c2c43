import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LetterNumber, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkFreshLetter, checkNotBefore, strictLetterNumber } from './loop-letters';
import { checkSender } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLetterId, withLoop } from './loops';

/** A letter that calls the first one back (撤回函): both stay readable, and the loop ends. */
export type FeedbackWithdrawn = Event<
  'FeedbackWithdrawn',
  {
    loopId: LocalId;
    letterId: LocalId;
    letterNumber: LetterNumber;
    /** The letter that it withdraws. */
    withdraws: LocalId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
  }
>;
export const feedbackWithdrawn: EventKind<Case, FeedbackWithdrawn> = {
  zh: '撤回',
  basis: '[P] dossier P7(9); PIPL art 8',
  sealed: { reason: 'narrative' },
  apply: (state, { loopId, letterId }, { at }) =>
    withLetterId(
      withLoop(state, loopId, (loop) => ({
        phase: 'CANCELLED',
        withdrawn: true,
        awaitingCorrection: false,
        ...(loop.phase === 'CANCELLED' ? {} : { since: at, cancelledFor: 'WITHDRAWN' as const }),
      })),
      letterId,
    ),
};

/** Possible also when the loop was cancelled under the letter: what was sent must be called back in writing (SC-5). */
export type WithdrawFeedback = Command<'WithdrawFeedback', Omit<FeedbackWithdrawn['data'], 'withdraws'>>;
export const withdrawFeedback: CommandKind<Case, WithdrawFeedback, FeedbackWithdrawn> = {
  zh: '撤回反馈函',
  by: ['STATION'],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkSender(loop, by, aid);
    if (loop.withdrawn) return [];
    checkStep(loop, 'WithdrawFeedback');
    if (loop.letterId === null) throw new Refusal('illegal-transition', 'No letter is out that could be withdrawn.', { allowed: [] });
    checkNotBefore(at, loop.since);
    checkFreshLetter(state, data.letterId);
    const letterNumber = strictLetterNumber(data.letterNumber, '/letterNumber');
    return [{ type: 'FeedbackWithdrawn', data: { ...data, letterNumber, withdraws: loop.letterId } }];
  },
};
