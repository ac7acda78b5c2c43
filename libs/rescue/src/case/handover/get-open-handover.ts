import { Refusal } from '../../refusal';
import type { Actor, LocalId } from '../../words';
import type { Case } from '../case';
import type { Handover } from './handovers';

/** The handover that `by` may sign for or refuse; refuses everybody but its receiver. */
export function getOpenHandover(state: Case, handoverId: LocalId, by: Actor): Handover {
  const handover = Object.hasOwn(state.handovers, handoverId) ? state.handovers[handoverId] : undefined;
  if (handover === undefined)
    throw new Refusal('unknown-reference', `There is no handover ${handoverId} in this case.`, { pointer: '/handoverId' });
  if (handover.to !== by.agency) throw new Refusal('HND-WRONG-PARTY', 'Only the receiver signs for a handover or refuses it.');
  return handover;
}
