import { Refusal } from '../../refusal';
import type { Instant } from '../../words';
import type { World } from '../../world/world';
import { isInCare, type Case } from '../case';
import { isLocalReturn } from './feedback-due';

/** Why nobody owes feedback in a case without that loop (dossier 5.5): the refusal to throw. */
export function whyNoLoop(state: Case, world: World, at: Instant): Refusal {
  const { feedback, identity, leaving } = state;
  const departed = leaving.leftAt !== null || Object.values(state.dispatches).some(({ departedAt }) => departedAt !== null);
  if (feedback.opened > 0) return new Refusal('unknown-reference', 'There is no such loop in this case.', { pointer: '/loopId' });
  if (!departed || (isInCare(state) && state.location !== 'IN_TRANSIT'))
    return new Refusal('FBK-NOT-DEPARTED', 'The person has not left towards home.');
  if (identity.phase === 'RETRACTED') return new Refusal('FBK-IDENTITY-RETRACTED', 'The identity was retracted.');
  if (leaving.mode === 'LOCAL_TOWNSHIP' || (identity.current !== null && isLocalReturn(state, identity.current.homeDivision, at, world)))
    return new Refusal('FBK-NOT-CROSS-REGION', 'The person went to a household place in this city: no feedback letter is sent.');
  return new Refusal('FBK-NOT-DEPARTED', 'The person did not leave towards home.');
}
