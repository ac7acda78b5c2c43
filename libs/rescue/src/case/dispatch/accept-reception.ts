import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Actor, Command, Event, Instant, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkNotBefore } from '../feedback/loop-letters';
import { addresseeOf, withDispatch, type Dispatch } from './dispatches';
import { checkStep, getDispatch } from './steps';

/** The outflow side agrees to receive the person (同意接收). */
export type ReceptionAccepted = Event<
  'ReceptionAccepted',
  {
    dispatchId: LocalId;
    /** @maxLength 100 */
    receiverContact?: Personal<'contact', string, 'staff'>;
    /** @maxLength 200 */
    place?: Personal<'narrative'>;
    /** @maxLength 500 */
    conditions?: Personal<'narrative'>;
  }
>;
export const receptionAccepted: EventKind<Case, ReceptionAccepted> = {
  zh: '同意接收',
  basis: 'S001 §2(5); dossier P5(4)',
  sealed: { receiverContact: 'contact of staff', place: 'narrative', conditions: 'narrative' },
  apply: (state, { dispatchId }, { id, by }) =>
    withDispatch(state, dispatchId, ({ receiver }) => ({ phase: 'ACCEPTED', receptionEvent: id, receiver: receiver ?? by })),
};

export type AcceptReception = Command<'AcceptReception', ReceptionAccepted['data']>;
export const acceptReception: CommandKind<Case, AcceptReception, ReceptionAccepted> = {
  zh: '同意接收',
  by: ['STATION', 'CIVIL_AFFAIRS'],
  decide: ({ data, by, at }, state) => {
    const dispatch = getDispatch(state, data.dispatchId);
    checkAddressee(dispatch, by);
    if (dispatch.phase === 'ACCEPTED') return [];
    checkStep(dispatch, 'AcceptReception');
    checkAfterLetter(dispatch, at);
    return [{ type: 'ReceptionAccepted', data }];
  },
};

/** Only who has the contact letter answers it. */
export function checkAddressee(dispatch: Dispatch, by: Actor): void {
  if (addresseeOf(dispatch) !== by.agency) throw new Refusal('ACT-WRONG-AGENCY', 'Only the addressee of the contact letter answers it.');
}

/** An answer does not come before the letter, nor before an earlier answer. */
export function checkAfterLetter({ letters, refusals }: Dispatch, at: Instant): void {
  for (const earlier of [letters.at(-1)?.at, refusals.at(-1)?.at]) if (earlier !== undefined) checkNotBefore(at, earlier);
}
