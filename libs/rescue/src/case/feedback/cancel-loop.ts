import type { EventKind } from '../../stream-kind';
import type { Event, LocalId } from '../../words';
import type { Case } from '../case';
import { hasArrived, isOver, withLoop, type CancelReason, type Loop } from './loops';

/** The ground of a loop fell away (反馈取消): it ends without an answer and stays readable. */
export type LoopCancelled = Event<
  'LoopCancelled',
  {
    loopId: LocalId;
    why: Exclude<CancelReason, 'WITHDRAWN'>;
    /** A letter is out and must be withdrawn in writing. */
    letterOut: boolean;
  }
>;
export const loopCancelled: EventKind<Case, LoopCancelled> = {
  zh: '反馈取消',
  basis: '[P] dossier 5.3',
  apply: (state, { loopId, why }, { at }) => withLoop(state, loopId, () => ({ phase: 'CANCELLED', since: at, cancelledFor: why })),
};

/**
 * The cancellations that another step must append: a retracted identity ends every loop that is not closed; a death or an aborted return
 * ends those whose person has not arrived. `departure` narrows them to the loop of one departure.
 */
export function cancelledLoops(state: Case, why: LoopCancelled['data']['why'], departure?: LocalId): readonly LoopCancelled[] {
  const ends = (loop: Loop): boolean =>
    !isOver(loop) &&
    (departure === undefined || loop.departure === departure) &&
    (why === 'IDENTITY_RETRACTED' || !hasArrived(state, loop));
  return Object.values(state.feedback.loops)
    .filter(ends)
    .map((loop) => ({ type: 'LoopCancelled', data: { loopId: loop.loopId, why, letterOut: loop.letterId !== null } }));
}
