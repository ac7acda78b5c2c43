import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId, Personal } from '../../words';
import { getAgency } from '../../world/directory';
import type { Case } from '../case';
import { cancelledLoops, type LoopCancelled } from '../feedback/cancel-loop';
import { openHandover } from '../handover/handovers';
import type { HandoverRefused } from '../handover/refuse-handover';
import { notNow } from '../only-owner';
import { legsDeparted, withDispatch, type ArrivalRejection } from './dispatches';
import { checkStep, getDispatch } from './steps';

/**
 * The receiver does not take the person who arrived (到达拒收), e.g. because it is somebody else. The carrier keeps custody until whoever
 * gives temporary care has signed for the person.
 */
export type DispatchRejectedOnArrival = Event<
  'DispatchRejectedOnArrival',
  {
    dispatchId: LocalId;
    reason: ArrivalRejection;
    temporaryCareBy: AgencyId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    note: Personal<'narrative'>;
  }
>;
export const dispatchRejectedOnArrival: EventKind<Case, DispatchRejectedOnArrival> = {
  zh: '到达拒收',
  basis: '[P] dossier P5(9)',
  sealed: { note: 'narrative' },
  parties: { temporaryCareBy: true },
  apply: (state, { dispatchId, reason }) => ({
    // An acceptance has not held, nor has a decision: the next plan needs its own.
    ...withDispatch(state, dispatchId, () => ({ phase: 'REJECTED_ON_ARRIVAL', rejectedFor: reason, receptionEvent: null })),
    location: 'IN_STATION',
  }),
};

/**
 * An arrival handover that waits for the signature is refused with it, and the feedback on the failed return is cancelled. A mismatch of identity
 * leaves that to the retraction.
 */
export type RejectOnArrival = Command<'RejectOnArrival', DispatchRejectedOnArrival['data']>;
export const rejectOnArrival: CommandKind<Case, RejectOnArrival, DispatchRejectedOnArrival | HandoverRefused | LoopCancelled> = {
  zh: '到达拒收',
  by: [],
  decide: ({ data, by, at }, state, { world }) => {
    const dispatch = getDispatch(state, data.dispatchId);
    if (dispatch.receiver !== by.agency) throw new Refusal('ACT-WRONG-AGENCY', 'Only the receiver refuses a person on arrival.');
    getAgency(world, data.temporaryCareBy, at, '/temporaryCareBy');
    if (dispatch.phase === 'REJECTED_ON_ARRIVAL') return [];
    checkStep(dispatch, 'RejectOnArrival');
    if (legsDeparted(dispatch) < dispatch.legs.length) throw notNow('The person is not on the last leg.', 'DepartDispatch');
    if (state.location !== 'IN_TRANSIT') throw notNow(`The person is ${state.location}.`);
    if (state.custody.holder === by.agency) throw notNow('The receiver has the person already.', 'RecordFetchedArrival', 'AbortDispatch');
    const open = openHandover(state.handovers);
    const refused: readonly HandoverRefused[] =
      open?.dispatchId === data.dispatchId ? [{ type: 'HandoverRefused', data: { handoverId: open.handoverId, reason: data.note } }] : [];
    const cancelled = data.reason === 'IDENTITY_MISMATCH' ? [] : cancelledLoops(state, 'ABORTED', data.dispatchId);
    return [...refused, { type: 'DispatchRejectedOnArrival', data }, ...cancelled];
  },
};
