import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LetterNumber, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkNotBefore, strictLetterNumber } from './loop-letters';
import { isSender } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop } from './loops';

/** The inflow station states that it has the answer (情况反馈函回执). */
export type OutcomeLetterReceipted = Event<
  'OutcomeLetterReceipted',
  {
    loopId: LocalId;
    letterId: LocalId;
    receiptNumber?: LetterNumber;
    /**
     * @minLength 1
     * @maxLength 60
     */
    receivedBy: Personal<'contact', string, 'staff'>;
  }
>;
export const outcomeLetterReceipted: EventKind<Case, OutcomeLetterReceipted> = {
  zh: '情况反馈函回执',
  basis: '[P] dossier P7(7)',
  sealed: { receivedBy: 'contact of staff' },
  apply: (state, { loopId }, { id, at }) =>
    withLoop(state, loopId, ({ evidence }) => ({ phase: 'ANSWERED', since: at, evidence: { ...evidence, outcomeReceipt: id } })),
};

export type ReceiptOutcomeLetter = Command<'ReceiptOutcomeLetter', OutcomeLetterReceipted['data']>;
export const receiptOutcomeLetter: CommandKind<Case, ReceiptOutcomeLetter, OutcomeLetterReceipted> = {
  zh: '情况反馈函回执',
  by: ['STATION'],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    if (!isSender(loop, by, aid)) throw new Refusal('RCP-NOT-ADDRESSEE', 'Only the station to which the answer is addressed receipts it.');
    if (loop.evidence.outcomeReceipt !== undefined && loop.phase !== 'CANCELLED') return [];
    checkStep(loop, 'ReceiptOutcomeLetter');
    if (loop.outcomeLetterId === null)
      throw new Refusal('illegal-transition', 'The outflow side has not answered yet.', { allowed: ['IssueOutcomeLetter'] });
    if (loop.outcomeLetterId !== data.letterId)
      throw new Refusal('unknown-reference', `The answer is letter ${loop.outcomeLetterId}.`, { pointer: '/letterId' });
    checkNotBefore(at, loop.since);
    const { receiptNumber, ...rest } = data;
    const numbered = receiptNumber === undefined ? {} : { receiptNumber: strictLetterNumber(receiptNumber, '/receiptNumber') };
    return [{ type: 'OutcomeLetterReceipted', data: { ...rest, ...numbered } }];
  },
};
