import type { ReturnMode } from '@guitu/standards';
import type { AgencyId, DivisionCode, Instant, LocalId } from '../../words';

/** How far a return home has come (dossier 5.2). */
export type DispatchPhase =
  | 'DRAFT'
  | 'CONTACTED'
  | 'ACCEPTED'
  | 'REFUSED'
  | 'ESCALATED'
  | 'DECIDED_RECEIVE'
  | 'DECIDED_OTHER'
  | 'APPROVED'
  | 'DEPARTED'
  | 'INTERRUPTED'
  | 'HANDED_OVER'
  | 'ABORTED'
  | 'REJECTED_ON_ARRIVAL'
  | 'CANCELLED';

export type Leg = Readonly<{
  leg: number;
  carrier: AgencyId;
  fromDivision: DivisionCode;
  toDivision: DivisionCode;
  departedAt: Instant | null;
  handedOverAt: Instant | null;
}>;

/** One return home (接送返乡). */
export type Dispatch = Readonly<{
  dispatchId: LocalId;
  phase: DispatchPhase;
  mode: ReturnMode;
  /** The confirmed identity that it was planned on. */
  identityVersion: number;
  destination: DivisionCode;
  /** Who shall receive the person; none when the person travels alone or relatives collect. */
  receiver: AgencyId | null;
  crossProvince: boolean;
  legs: readonly Leg[];
  escorted: boolean;
  expectedArrival: Instant | null;
  /** Refusals by the outflow side so far, with reasons. */
  refusals: readonly Readonly<{ reason: string; at: Instant }>[];
  /** The event that accepted reception or decided that it must be. */
  receptionEvent: string | null;
  departedAt: Instant | null;
  arrivedAt: Instant | null;
}>;

/** All dispatches of a case; at most one of them is open. */
export type Dispatches = Readonly<Record<LocalId, Dispatch>>;
export const noDispatches: Dispatches = {};
