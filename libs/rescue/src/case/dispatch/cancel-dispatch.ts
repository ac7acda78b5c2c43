import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { openHandover } from '../handover/handovers';
import { onlyOwner } from '../only-owner';
import { isOver, withDispatch } from './dispatches';
import { checkStep, getDispatch } from './steps';

export type CancelledBecause =
  'PLAN_CHANGED' | 'IDENTITY_RETRACTED' | 'LOCAL_HOUSEHOLD' | 'NOT_FIT' | 'PERSON_DECLINES' | 'OTHER' | 'DEATH';

/** The return home does not take place (返乡取消). */
export type DispatchCancelled = Event<
  'DispatchCancelled',
  {
    dispatchId: LocalId;
    why: CancelledBecause;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const dispatchCancelled: EventKind<Case, DispatchCancelled> = {
  zh: '返乡取消',
  basis: '[P] dossier 5.2',
  sealed: { note: 'narrative' },
  apply: (state, { dispatchId }) => withDispatch(state, dispatchId, () => ({ phase: 'CANCELLED' })),
};

/** The cancellation that another step must append, a death above all: of the open dispatch, if there is one, even when it is under way. */
export const cancelledDispatches = ({ dispatches }: Case, why: CancelledBecause): readonly DispatchCancelled[] =>
  Object.values(dispatches)
    .filter((dispatch) => !isOver(dispatch))
    .map(({ dispatchId }) => ({ type: 'DispatchCancelled', data: { dispatchId, why } }));

/** Before departure only; afterwards the carrier breaks the journey off. */
export type CancelDispatch = Command<
  'CancelDispatch',
  Omit<DispatchCancelled['data'], 'why'> & Readonly<{ why: Exclude<CancelledBecause, 'DEATH'> }>
>;
export const cancelDispatch: CommandKind<Case, CancelDispatch, DispatchCancelled> = {
  zh: '取消返乡计划',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    const dispatch = getDispatch(state, data.dispatchId);
    onlyOwner(state, by);
    if (dispatch.phase === 'CANCELLED') return [];
    checkStep(dispatch, 'CancelDispatch');
    checkNoOpenSignature(state, data.dispatchId);
    return [{ type: 'DispatchCancelled', data }];
  },
};

/** Refuses while a handover of this dispatch waits for its signature: signing it later would move the person into a journey that is no more. */
export function checkNoOpenSignature({ handovers }: Case, dispatchId: LocalId): void {
  const open = openHandover(handovers);
  if (open?.dispatchId === dispatchId)
    throw new Refusal('HND-OPEN', `Handover ${open.handoverId} of this dispatch still waits for its signature; withdraw it first.`);
}
