import { escalableRefusals, type ReceptionRefusal } from '@guitu/standards';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LetterNumber, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { strictLetterNumber } from '../feedback/loop-letters';
import { checkAddressee, checkAfterLetter } from './accept-reception';
import { withDispatch, type Dispatch } from './dispatches';
import { checkStep, getDispatch } from './steps';

/** The outflow side refuses in writing, with a reason (不予接收). Every refusal stays readable and counts. */
export type ReceptionRefused = Event<
  'ReceptionRefused',
  {
    dispatchId: LocalId;
    reason: ReceptionRefusal;
    letterNumber: LetterNumber;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const receptionRefused: EventKind<Case, ReceptionRefused> = {
  zh: '不予接收',
  basis: 'S001 §2(2); dossier P6(1)',
  sealed: { note: 'narrative' },
  apply: (state, { dispatchId, reason, letterNumber }, { at }) =>
    withDispatch(state, dispatchId, ({ refusals }) => ({ phase: 'REFUSED', refusals: [...refusals, { reason, letterNumber, at }] })),
};

/** A refusal is told from a repeat by its letter number: the same reason twice is two refusals. */
export type RefuseReception = Command<'RefuseReception', ReceptionRefused['data']>;
export const refuseReception: CommandKind<Case, RefuseReception, ReceptionRefused> = {
  zh: '不予接收',
  by: ['STATION', 'CIVIL_AFFAIRS'],
  decide: ({ data, by, at }, state) => {
    const dispatch = getDispatch(state, data.dispatchId);
    checkAddressee(dispatch, by);
    const letterNumber = strictLetterNumber(data.letterNumber, '/letterNumber');
    if (dispatch.refusals.some((one) => one.letterNumber === letterNumber && one.reason === data.reason)) return [];
    checkStep(dispatch, 'RefuseReception');
    checkAfterLetter(dispatch, at);
    return [{ type: 'ReceptionRefused', data: { ...data, letterNumber } }];
  },
};

/** Whether the last refusal goes up the ladder: NOT_FOUND only after one re-check, that is as a second refusal (CT-REFUSE). */
export function isEscalable({ refusals }: Dispatch): boolean {
  const reason = refusals.at(-1)?.reason;
  if (reason === undefined || !(escalableRefusals as readonly ReceptionRefusal[]).includes(reason)) return false;
  return reason !== 'NOT_FOUND' || refusals.length > 1;
}
