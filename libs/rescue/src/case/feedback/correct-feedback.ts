import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LetterNumber, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { sealedContent, type FeedbackContent } from './feedback-content';
import { checkFreshLetter, strictLetterNumber } from './loop-letters';
import { checkSender } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLetterId, withLoop, type Loop } from './loops';

/** A letter that puts the first one right (更正函): both stay. Before the ledger entry it wants a receipt of its own. */
export type FeedbackCorrected = Event<
  'FeedbackCorrected',
  {
    loopId: LocalId;
    letterId: LocalId;
    letterNumber: LetterNumber;
    /** The letter that it corrects. */
    corrects: LocalId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
    content: FeedbackContent;
  }
>;
export const feedbackCorrected: EventKind<Case, FeedbackCorrected> = {
  zh: '更正',
  basis: '[P] dossier P7(9); PIPL art 8',
  sealed: { reason: 'narrative', content: sealedContent },
  apply: (state, { loopId, letterId, letterNumber }, { at }) =>
    withLetterId(
      withLoop(state, loopId, (loop) => ({ letterId, letterNumber, awaitingCorrection: false, ...deliveredAnew(loop, at) })),
      letterId,
    ),
};

function deliveredAnew(loop: Loop, since: string): Partial<Loop> {
  if (loop.phase !== 'DELIVERED' && loop.phase !== 'RECEIPTED') return {};
  const { receipt: _old, ...evidence } = loop.evidence;
  return { phase: 'DELIVERED', since, receiptNumber: null, evidence };
}

export type CorrectFeedback = Command<'CorrectFeedback', Omit<FeedbackCorrected['data'], 'corrects'>>;
export const correctFeedback: CommandKind<Case, CorrectFeedback, FeedbackCorrected> = {
  zh: '更正反馈函',
  by: ['STATION'],
  decide: ({ data, by }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkSender(loop, by, aid);
    if (loop.letterId === data.letterId) return [];
    checkStep(loop, 'CorrectFeedback');
    if (loop.letterId === null) throw new Refusal('unknown-reference', 'There is no letter to correct.', { pointer: '/loopId' });
    checkFreshLetter(state, data.letterId);
    const letterNumber = strictLetterNumber(data.letterNumber, '/letterNumber');
    return [{ type: 'FeedbackCorrected', data: { ...data, letterNumber, corrects: loop.letterId } }];
  },
};
