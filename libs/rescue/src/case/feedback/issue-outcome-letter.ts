import type { Assistance, Hardship } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, CalendarDate, Command, Event, LetterNumber, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkFreshLetter, checkNotBefore, strictLetterNumber } from './loop-letters';
import { checkAddressee, outflowKinds } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLetterId, withLoop, type Loop } from './loops';

/** What became of the return, as the outflow side answers it. A doubted identity is settled before any answer (dossier 5.3). */
export type OutcomeReception = 'RECEIVED' | 'AT_HOME' | 'NOT_ARRIVED' | 'HOMELESS_PLACED';

/** What the answer tells, in categories only (dossier 6.3). */
export type OutcomeSummary = Readonly<{
  atHomeSince?: CalendarDate;
  visitedOn?: CalendarDate;
  /**
   * @maxItems 6
   * @uniqueItems true
   */
  hardships?: readonly Hardship[];
  /**
   * @maxItems 10
   * @uniqueItems true
   */
  measures?: readonly Assistance[];
  /** Entered in the register of easily lost persons. */
  registered?: boolean;
  /** @maxLength 500 */
  note?: string;
}>;

/** The outflow side writes back (情况反馈函). It names both earlier letters. */
export type OutcomeLetterIssued = Event<
  'OutcomeLetterIssued',
  {
    loopId: LocalId;
    letterId: LocalId;
    letterNumber: LetterNumber;
    from: AgencyId;
    to: AgencyId;
    feedbackLetterNumber: LetterNumber;
    receiptNumber: LetterNumber;
    reception: OutcomeReception;
    summary: Personal<'narrative', OutcomeSummary>;
    /** The township that revisits, where the person is in the register. */
    revisitBy?: AgencyId;
  }
>;
export const outcomeLetterIssued: EventKind<Case, OutcomeLetterIssued> = {
  zh: '流出地情况反馈',
  basis: '[P] dossier P7(7)',
  sealed: { summary: 'narrative' },
  parties: { from: true, to: true, revisitBy: true },
  apply: (state, { loopId, letterId }, { id, at }) =>
    withLetterId(
      withLoop(state, loopId, ({ evidence }) => ({ since: at, outcomeLetterId: letterId, evidence: { ...evidence, outcome: id } })),
      letterId,
    ),
};

export type IssueOutcomeLetter = Command<
  'IssueOutcomeLetter',
  Omit<OutcomeLetterIssued['data'], 'from' | 'to' | 'feedbackLetterNumber' | 'receiptNumber'>
>;
export const issueOutcomeLetter: CommandKind<Case, IssueOutcomeLetter, OutcomeLetterIssued> = {
  zh: '发出情况反馈函',
  by: outflowKinds,
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkAddressee(loop, by, aid);
    if (loop.outcomeLetterId === data.letterId) return [];
    if (loop.evidence.ledger === undefined && loop.phase !== 'CANCELLED')
      throw new Refusal('OUT-BEFORE-LEDGER', 'The outcome is answered after the ledger entry.');
    checkStep(loop, 'IssueOutcomeLetter');
    if (loop.outcomeLetterId !== null)
      throw new Refusal('illegal-transition', `The outcome was answered by letter ${loop.outcomeLetterId}.`, {
        allowed: ['ReceiptOutcomeLetter'],
      });
    checkNotBefore(at, loop.since);
    checkReception(loop, data.reception);
    checkFreshLetter(state, data.letterId);
    const { letterNumber: feedbackLetterNumber, receiptNumber } = loop;
    if (feedbackLetterNumber === null || receiptNumber === null)
      throw new Refusal('illegal-transition', 'There is no receipted letter to answer.', { allowed: [] });
    const letterNumber = strictLetterNumber(data.letterNumber, '/letterNumber');
    return [
      {
        type: 'OutcomeLetterIssued',
        data: { ...data, letterNumber, from: by.agency, to: loop.sender, feedbackLetterNumber, receiptNumber },
      },
    ];
  },
};

function checkReception({ phase }: Loop, reception: OutcomeReception): void {
  const possible: readonly OutcomeReception[] =
    phase === 'NOT_ARRIVED' ? ['NOT_ARRIVED'] : phase === 'PLACED_BY_GOV' ? ['HOMELESS_PLACED'] : ['RECEIVED', 'AT_HOME'];
  if (!possible.includes(reception))
    throw new Refusal('validation-failed', `The loop is ${phase}: the answer is ${possible.join(' or ')}.`, { pointer: '/reception' });
}
