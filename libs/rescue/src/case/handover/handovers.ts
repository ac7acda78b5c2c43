import type { HandoverKind } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { Actor, AgencyId, Instant, LocalId } from '../../words';
import type { Case } from '../case';

/** One handover (交接): two signatures, and custody passes with the second. */
export type Handover = Readonly<{
  handoverId: LocalId;
  kind: HandoverKind;
  from: AgencyId;
  to: AgencyId;
  phase: 'OFFERED' | 'ACCEPTED' | 'REFUSED' | 'WITHDRAWN';
  /** The event that holds the giver's statement. */
  offer: string;
  offeredAt: Instant;
  /** The dispatch whose leg or arrival it signs for. */
  dispatchId: LocalId | null;
}>;
export type Handovers = Readonly<Record<LocalId, Handover>>;
export const noHandovers: Handovers = {};

export const openHandover = (handovers: Handovers): Handover | undefined =>
  Object.values(handovers).find(({ phase }) => phase === 'OFFERED');

export const findHandover = ({ handovers }: Pick<Case, 'handovers'>, handoverId: LocalId): Handover | undefined =>
  Object.hasOwn(handovers, handoverId) ? handovers[handoverId] : undefined;

/** The handover; refuses an unknown one. */
export function getHandover(state: Case, handoverId: LocalId): Handover {
  const handover = findHandover(state, handoverId);
  if (handover === undefined)
    throw new Refusal('unknown-reference', `There is no handover ${handoverId} in this case.`, { pointer: '/handoverId' });
  return handover;
}

/** The handover that the receiver may sign for or refuse; refuses everybody else. */
export function getHandoverTo({ agency }: Actor, state: Case, handoverId: LocalId): Handover {
  const handover = getHandover(state, handoverId);
  if (handover.to !== agency) throw new Refusal('HND-WRONG-PARTY', 'Only the receiver signs for a handover or refuses it.');
  return handover;
}

/** The case with that handover in another phase; unchanged when there is no such handover. */
export function withHandover(state: Case, handoverId: LocalId, phase: Handover['phase']): Case {
  const handover = findHandover(state, handoverId);
  return handover === undefined ? state : { ...state, handovers: { ...state.handovers, [handoverId]: { ...handover, phase } } };
}

/** Refuses a handover that was signed for, refused or withdrawn before. */
export function checkOffered({ phase }: Handover): void {
  if (phase !== 'OFFERED') throw new Refusal('HND-CLOSED', `That handover was ${phase.toLowerCase()}.`);
}
