import type { LeavingMode } from '@guitu/standards';
import type { AgencyId, DivisionCode, Instant, LocalId } from '../../words';
import type { Case } from '../case';

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
  | 'PLACED_BY_GOV'
  | 'ANSWERED'
  | 'CLOSED'
  | 'CANCELLED';

/** How a letter travels: the electronic mailbox, registered mail, fax, courier. */
export type LetterChannel = 'SYSTEM' | 'EMS' | 'FAX' | 'COURIER';

/** Why a loop ended without an answer. */
export type CancelReason = 'IDENTITY_RETRACTED' | 'DEATH_BEFORE_ARRIVAL' | 'ABORTED' | 'WITHDRAWN';

/** Where the returnee is after reception. */
export type Whereabouts = 'AT_HOME' | 'IN_STATION' | 'WITH_RELATIVES' | 'PLACED';

/** What a closed loop must show: each is the id of the event that is the evidence. */
export type LoopEvidence = Readonly<{
  letter?: string;
  delivery?: string;
  receipt?: string;
  ledger?: string;
  /** Reception confirmed, or the report that nobody arrived. */
  reception?: string;
  /** The home visit, or the government's placement of who has no home. */
  visit?: string;
  outcome?: string;
  outcomeReceipt?: string;
}>;

/** Hardship sent to a township and departments, by the number of its letter. */
export type HardshipReport = Readonly<{ township: AgencyId; departments: readonly AgencyId[] }>;

/** One written feedback loop (书面反馈闭环): one person, one departure, one confirmed destination. */
export type Loop = Readonly<{
  loopId: LocalId;
  phase: LoopPhase;
  /** When the last step of the main line happened. */
  since: Instant;
  /** The dispatch, or the kind of leaving, that it answers for. */
  departure: LocalId;
  mode: LeavingMode;
  departedAt: Instant;
  expectedArrival: Instant;
  /** As the outflow side stated it; else unknown. */
  arrivedAt: Instant | null;
  identityVersion: number;
  destination: DivisionCode;
  sender: AgencyId;
  /** None while an officer must still choose (a split division, no agency known). */
  addressee: AgencyId | null;
  /** The divisions among which an officer chooses. */
  candidates: readonly DivisionCode[];
  /** Who had it before a redirection. */
  formerAddressees: readonly AgencyId[];
  /** The letter that is out; none while there is none. */
  letterId: LocalId | null;
  letterNumber: string | null;
  receiptNumber: string | null;
  /** In the outflow side's ledger of returnees. */
  ledgerNumber: string | null;
  channel: LetterChannel | null;
  /** The way on which the last letter could not be delivered. */
  failedChannel: LetterChannel | null;
  awaitingCorrection: boolean;
  cancelledFor: CancelReason | null;
  /** The letter was called back in writing. */
  withdrawn: boolean;
  whereabouts: Whereabouts | null;
  /** The event by which the returnee was first known to be at home. */
  homeKnownBy: string | null;
  homeless: boolean;
  /** Village committees entrusted with the visit. */
  villages: readonly AgencyId[];
  /** The last visit found hardship. */
  hardshipFound: boolean;
  hardshipReports: Readonly<Record<LocalId, HardshipReport>>;
  outcomeLetterId: LocalId | null;
  /** The returnee never arrived: closing needs no visit. */
  notArrived: boolean;
  reminders: number;
  /** When the closed loop was last taken up again: what it wants anew is counted from then. */
  reopenedAt: Instant | null;
  evidence: LoopEvidence;
}>;

/** The loops of a case, and every letter id used in them. */
export type Feedback = Readonly<{ loops: Readonly<Record<LocalId, Loop>>; opened: number; letterIds: readonly LocalId[] }>;
export const noFeedback: Feedback = { loops: {}, opened: 0, letterIds: [] };

export const findLoop = ({ feedback }: Case, loopId: LocalId): Loop | undefined =>
  Object.hasOwn(feedback.loops, loopId) ? feedback.loops[loopId] : undefined;

/** The case with that loop changed; unchanged when there is no such loop. */
export function withLoop(state: Case, loopId: LocalId, change: (loop: Loop) => Partial<Loop>): Case {
  const loop = findLoop(state, loopId);
  if (loop === undefined) return state;
  return { ...state, feedback: { ...state.feedback, loops: { ...state.feedback.loops, [loopId]: { ...loop, ...change(loop) } } } };
}

/** The case in which that letter id is used up. */
export const withLetterId = (state: Case, letterId: LocalId): Case => ({
  ...state,
  feedback: { ...state.feedback, letterIds: [...state.feedback.letterIds, letterId] },
});

export const isOver = ({ phase }: Loop): boolean => phase === 'CLOSED' || phase === 'CANCELLED';

/** Whether the person is known to have arrived: by the handover on arrival, or by what the outflow side recorded. */
export const hasArrived = (state: Case, loop: Loop): boolean => arrivalOf(state, loop) !== null || loop.whereabouts !== null;

/** When the person arrived: as the outflow side stated it, else as the handover on arrival was signed. */
export function arrivalOf({ dispatches }: Case, loop: Loop): Instant | null {
  const dispatch = Object.hasOwn(dispatches, loop.departure) ? dispatches[loop.departure] : undefined;
  return loop.arrivedAt ?? dispatch?.arrivedAt ?? null;
}
