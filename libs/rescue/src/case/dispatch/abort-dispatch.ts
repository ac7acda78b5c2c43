import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId, Personal } from '../../words';
import { getAgency } from '../../world/directory';
import type { Case } from '../case';
import { cancelledLoops, type LoopCancelled } from '../feedback/cancel-loop';
import { checkNoOpenSignature } from './cancel-dispatch';
import { carrierNow, withDispatch } from './dispatches';
import type { InterruptionCause } from './interrupt-dispatch';
import { checkStep, getDispatch } from './steps';

/**
 * The journey ends without an arrival (行程终止). `careBy` looks after the person from now on; where that is not the agency that has the person,
 * custody follows with a signed handover, as always.
 */
export type DispatchAborted = Event<
  'DispatchAborted',
  {
    dispatchId: LocalId;
    cause: Personal<'health', InterruptionCause>;
    careBy: AgencyId;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const dispatchAborted: EventKind<Case, DispatchAborted> = {
  zh: '行程终止',
  basis: '[P] dossier P5(8), 5.1',
  sealed: { cause: 'health', note: 'narrative' },
  parties: { careBy: true },
  apply: (state, { dispatchId }) => ({
    ...withDispatch(state, dispatchId, () => ({ phase: 'ABORTED' })),
    location: state.location === 'IN_TRANSIT' ? 'IN_STATION' : state.location,
    // Who is missing came from a journey that is no more.
    locationBefore: state.location === 'MISSING' && state.locationBefore === 'IN_TRANSIT' ? 'IN_STATION' : state.locationBefore,
  }),
};

export type AbortDispatch = Command<'AbortDispatch', DispatchAborted['data']>;
/** Given by the carrier, or by the station that owns the case. The feedback that the departure made due falls with it. */
export const abortDispatch: CommandKind<Case, AbortDispatch, DispatchAborted | LoopCancelled> = {
  zh: '终止行程',
  by: ['STATION'],
  decide: ({ data, by, at }, state, { world }) => {
    const dispatch = getDispatch(state, data.dispatchId);
    if (by.agency !== carrierNow(dispatch) && by.agency !== state.owner)
      throw new Refusal('ACT-WRONG-AGENCY', 'Only the carrier, or the station that owns the case, breaks a journey off.');
    getAgency(world, data.careBy, at, '/careBy');
    if (dispatch.phase === 'ABORTED') return [];
    checkStep(dispatch, 'AbortDispatch');
    checkNoOpenSignature(state, data.dispatchId);
    return [{ type: 'DispatchAborted', data }, ...cancelledLoops(state, 'ABORTED', data.dispatchId)];
  },
};
