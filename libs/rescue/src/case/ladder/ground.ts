import { Refusal } from '../../refusal';
import type { DutyBook } from '../../duties/duty';
import type { LocalId } from '../../words';
import { isTurnedAway, type Dispatch } from '../dispatch/dispatches';
import { isEscalable } from '../dispatch/refuse-reception';
import { notInPhase } from '../dispatch/steps';

/** After how many replies that did not come in time silence counts like a refusal (D-R5). */
export const BREACHES_LIKE_A_REFUSAL = 2;

/** Whether the outflow side has let the reply run over twice. */
export const silentTwice = ({ breaches }: DutyBook, dispatchId: LocalId): boolean =>
  breaches.filter(({ key, about }) => key === 'D-R3' && about === dispatchId).length >= BREACHES_LIKE_A_REFUSAL;

/** Refuses to go up without a ground: a refusal, in writing or at the door, that a superior can overcome, or silence twice over the limit. */
export function checkGround(dispatch: Dispatch, duties: DutyBook): void {
  const { phase, refusals, dispatchId } = dispatch;
  if (isTurnedAway(dispatch)) return;
  if (phase === 'REJECTED_ON_ARRIVAL')
    throw new Refusal('ESC-REASON-NOT-ESCALABLE', 'A rejection for a mismatch goes back to the identity.');
  const refused = phase === 'REFUSED';
  if (!refused && (phase === 'CONTACTED' || phase === 'DRAFT' || refusals.length === 0) && !silentTwice(duties, dispatchId))
    throw new Refusal('ESC-NO-REFUSAL', 'Nobody has refused, nor left the contact letter unanswered twice.');
  if (!refused && phase !== 'CONTACTED') throw notInPhase(dispatch, 'EscalateRefusal');
  if (refused && !isEscalable(dispatch))
    throw new Refusal('ESC-REASON-NOT-ESCALABLE', `A refusal for ${refusals.at(-1)?.reason} goes back to identity, place or a re-check.`);
}
