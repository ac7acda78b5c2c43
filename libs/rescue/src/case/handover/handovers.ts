import type { HandoverKind } from '@guitu/standards';
import type { AgencyId, Instant, LocalId } from '../../words';

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
