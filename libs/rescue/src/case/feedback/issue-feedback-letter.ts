import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Actor, AgencyId, Command, Event, LetterNumber, LocalId } from '../../words';
import { getAgency } from '../../world/directory';
import type { Case } from '../case';
import { sealedContent, type FeedbackContent } from './feedback-content';
import { checkFreshLetter, checkNotBefore, strictLetterNumber } from './loop-letters';
import { isSender } from './loop-sides';
import { checkStep } from './loop-steps';
import { findLoop, withLetterId, withLoop, type LetterChannel, type Loop } from './loops';
import { whyNoLoop } from './why-no-loop';

/** The inflow station reports the returnee to the outflow side in writing (返乡受助人员信息反馈函, S001 §2(5), S002 §2(5)). */
export type FeedbackLetterIssued = Event<
  'FeedbackLetterIssued',
  {
    loopId: LocalId;
    letterId: LocalId;
    letterNumber: LetterNumber;
    from: AgencyId;
    to: AgencyId;
    /** @maxItems 10 */
    cc?: readonly AgencyId[];
    channel: LetterChannel;
    content: FeedbackContent;
  }
>;
export const feedbackLetterIssued: EventKind<Case, FeedbackLetterIssued> = {
  zh: '返乡人员信息反馈',
  basis: 'S001 §2(5); S002 §2(5)',
  sealed: { content: sealedContent },
  parties: { from: true, to: true, cc: true },
  apply: (state, { loopId, letterId, letterNumber, channel }, { id, at }) =>
    withLetterId(
      withLoop(state, loopId, ({ evidence }) => ({
        phase: 'ISSUED',
        since: at,
        letterId,
        letterNumber,
        channel,
        evidence: { ...evidence, letter: id },
      })),
      letterId,
    ),
};

export type IssueFeedbackLetter = Command<'IssueFeedbackLetter', Omit<FeedbackLetterIssued['data'], 'from'>>;
export const issueFeedbackLetter: CommandKind<Case, IssueFeedbackLetter, FeedbackLetterIssued> = {
  zh: '发出反馈函',
  by: ['STATION'],
  decide: ({ data, by, at }, state, aid) => {
    const loop = findLoop(state, data.loopId);
    if (!(loop === undefined ? state.owner === by.agency : isSender(loop, by, aid)))
      throw new Refusal('FBK-WRONG-SENDER', 'Only the station that owns the case sends the feedback letter.');
    if (loop === undefined) throw whyNoLoop(state, aid.world, at);
    if (loop.letterId === data.letterId) return [];
    checkMayIssue(state, loop);
    checkAddressed(loop, data.to);
    checkNotBefore(at, loop.departedAt);
    checkFreshLetter(state, data.letterId);
    if (data.channel === loop.failedChannel)
      throw new Refusal('validation-failed', `The letter could not be delivered by ${data.channel}: choose another way.`, {
        pointer: '/channel',
      });
    (data.cc ?? []).forEach((agency, index) => getAgency(aid.world, agency, at, `/cc/${index}`));
    return [issued(data, by)];
  },
};

const issued = (data: IssueFeedbackLetter['data'], by: Actor): FeedbackLetterIssued => ({
  type: 'FeedbackLetterIssued',
  data: { ...data, letterNumber: strictLetterNumber(data.letterNumber, '/letterNumber'), from: by.agency },
});

function checkMayIssue({ identity }: Case, loop: Loop): void {
  if (['DUE', 'CANCELLED'].includes(loop.phase) && identity.current?.version !== loop.identityVersion)
    throw new Refusal('FBK-IDENTITY-RETRACTED', 'The identity that this return rested on was retracted.');
  if (loop.letterId !== null && loop.phase !== 'CANCELLED')
    throw new Refusal('FBK-DUPLICATE', `The feedback on this departure went out as letter ${loop.letterId}.`, { pointer: '/letterId' });
  checkStep(loop, 'IssueFeedbackLetter');
}

function checkAddressed({ addressee, loopId }: Loop, to: AgencyId): void {
  if (addressee === null)
    throw new Refusal('illegal-transition', `Loop ${loopId} has no addressee yet: an officer chooses it.`, {
      allowed: ['AssignAddressee'],
    });
  if (to !== addressee)
    throw new Refusal('FBK-WRONG-ADDRESSEE', `The outflow place is answered for by ${addressee}.`, { pointer: '/to', expected: addressee });
}
