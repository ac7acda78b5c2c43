import type { LeavingMode } from '@guitu/standards';
import { isOver, isUnderWay, leavingModeOf, type Dispatch, type Dispatches } from './dispatches';

/**
 * The dispatches after the person left by a step of leaving: a return alone or with relatives that was planned in just this mode is fulfilled,
 * every other plan that had not departed falls, and one under way is broken off.
 */
export function dispatchesClosedByLeaving(dispatches: Dispatches, mode: LeavingMode): Dispatches {
  const after = (dispatch: Dispatch): Dispatch => {
    if (isOver(dispatch)) return dispatch;
    if (isUnderWay(dispatch)) return { ...dispatch, phase: 'ABORTED' };
    return { ...dispatch, phase: leavingModeOf(dispatch) === mode ? 'LEFT_AS_PLANNED' : 'CANCELLED' };
  };
  return Object.values(dispatches).every(isOver)
    ? dispatches
    : Object.fromEntries(Object.entries(dispatches).map(([dispatchId, dispatch]) => [dispatchId, after(dispatch)]));
}
