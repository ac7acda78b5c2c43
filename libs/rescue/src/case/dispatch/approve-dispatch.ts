import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { onlyOwner } from '../only-owner';
import { checkGuards } from './departure-guards';
import { withDispatch } from './dispatches';
import { checkStep, getDispatch } from './steps';

/** The head of the station lets the person go home (返乡批准), on the evidence named. */
export type DispatchApproved = Event<
  'DispatchApproved',
  {
    dispatchId: LocalId;
    /**
     * @asType integer
     * @minimum 1
     */
    identityVersion: number;
    identityEvent: string;
    fitnessEvent: string;
    /** Who accepted reception, or decided that it must be; none where the person goes alone or with relatives. */
    receptionEvent?: string;
    /** @maxLength 60 */
    approvedBy?: Personal<'contact', string, 'staff'>;
  }
>;
export const dispatchApproved: EventKind<Case, DispatchApproved> = {
  zh: '返乡批准',
  basis: '[P] dossier 4.8, 5.2',
  sealed: { approvedBy: 'contact of staff' },
  apply: (state, { dispatchId }) => withDispatch(state, dispatchId, () => ({ phase: 'APPROVED' })),
};

export type ApproveDispatch = Command<'ApproveDispatch', Pick<DispatchApproved['data'], 'dispatchId' | 'approvedBy'>>;
export const approveDispatch: CommandKind<Case, ApproveDispatch, DispatchApproved> = {
  zh: '批准返乡',
  by: ['STATION'],
  decide: ({ data, by, at }, state, { world }) => {
    const dispatch = getDispatch(state, data.dispatchId);
    onlyOwner(state, by);
    if (dispatch.phase === 'APPROVED') return [];
    checkStep(dispatch, 'ApproveDispatch');
    const { receptionEvent, ...grounds } = checkGuards(state, dispatch, { at, world, escorts: null });
    const reception = receptionEvent === null ? {} : { receptionEvent };
    return [{ type: 'DispatchApproved', data: { ...data, ...grounds, ...reception, identityVersion: dispatch.identityVersion } }];
  },
};
