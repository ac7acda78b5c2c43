import type { AgencyId, DivisionCode, Instant, LocalId } from '../../words';

/** Where a written feedback loop stands (dossier 5.3). Overdue is a flag of its duties, not a phase. */
export type LoopPhase =
  | 'DUE'
  | 'ISSUED'
  | 'DELIVERED'
  | 'RECEIPTED'
  | 'LEDGERED'
  | 'RECEIVED'
  | 'NOT_ARRIVED'
  | 'DISPUTED'
  | 'VISITED'
  | 'ANSWERED'
  | 'CLOSED'
  | 'CANCELLED';

/** What a closed loop must show: each is the id of the event that is the evidence. */
export type LoopEvidence = Readonly<{
  letter?: string;
  delivery?: string;
  receipt?: string;
  ledger?: string;
  reception?: string;
  visit?: string;
  outcome?: string;
  outcomeReceipt?: string;
}>;

/** One written feedback loop (书面反馈闭环): one person, one departure, one confirmed destination. */
export type Loop = Readonly<{
  loopId: LocalId;
  phase: LoopPhase;
  /** The dispatch, or the kind of leaving, that it answers for. */
  departure: LocalId;
  departedAt: Instant;
  expectedArrival: Instant;
  identityVersion: number;
  destination: DivisionCode;
  sender: AgencyId;
  addressee: AgencyId;
  /** Who had it before a redirection. */
  formerAddressees: readonly AgencyId[];
  letterId: LocalId | null;
  awaitingCorrection: boolean;
  outcomeIssued: boolean;
  /** The returnee never arrived: closing needs no visit. */
  notArrived: boolean;
  reminders: number;
  evidence: LoopEvidence;
}>;
export type Feedback = Readonly<{ loops: Readonly<Record<LocalId, Loop>>; opened: number }>;
export const noFeedback: Feedback = { loops: {}, opened: 0 };
