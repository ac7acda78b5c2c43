import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { CalendarDate, Command, Event, LetterNumber, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkNotBefore, strictLetterNumber } from './loop-letters';
import { isAddressee } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop } from './loops';
import { checkLetter } from './record-delivery';

/** The addressee states that it has the feedback letter (回执). Only this answers the letter; a transport acknowledgement never does. */
export type LetterReceipted = Event<
  'LetterReceipted',
  {
    loopId: LocalId;
    letterId: LocalId;
    receiptNumber: LetterNumber;
    /**
     * @minLength 1
     * @maxLength 60
     */
    receivedBy: Personal<'contact', string, 'staff'>;
    /** @maxLength 30 */
    handlerPhone?: Personal<'contact', string, 'staff'>;
    expectedReception?: CalendarDate;
  }
>;
export const letterReceipted: EventKind<Case, LetterReceipted> = {
  zh: '回执',
  basis: '[P] dossier P7(3)',
  sealed: { receivedBy: 'contact of staff', handlerPhone: 'contact of staff' },
  apply: (state, { loopId, receiptNumber }, { id, at }) =>
    withLoop(state, loopId, ({ evidence }) => ({ phase: 'RECEIPTED', since: at, receiptNumber, evidence: { ...evidence, receipt: id } })),
};

export type ReceiptLetter = Command<'ReceiptLetter', LetterReceipted['data']>;
export const receiptLetter: CommandKind<Case, ReceiptLetter, LetterReceipted> = {
  zh: '回执',
  by: [],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    if (!isAddressee(loop, by, aid)) throw new Refusal('RCP-NOT-ADDRESSEE', 'Only the addressee receipts the letter.');
    checkLetter(loop, data.letterId);
    const receiptNumber = strictLetterNumber(data.receiptNumber, '/receiptNumber');
    if (loop.evidence.receipt !== undefined && loop.phase !== 'CANCELLED') {
      if (loop.receiptNumber === receiptNumber) return [];
      throw new Refusal('RCP-TWICE', `The letter was receipted as ${loop.receiptNumber ?? ''}.`, { pointer: '/receiptNumber' });
    }
    checkStep(loop, 'ReceiptLetter');
    checkNotBefore(at, loop.since);
    return [{ type: 'LetterReceipted', data: { ...data, receiptNumber } }];
  },
};
