import type { LeavingMode, ReceptionRefusal, ReturnMode } from '@guitu/standards';
import type { AgencyId, CalendarDate, DivisionCode, Instant, LocalId } from '../../words';
import type { Case } from '../case';

/** How far a return home has come (dossier 5.2). `LEFT_AS_PLANNED`: the person left by itself or with relatives, as the plan said. */
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
  | 'CANCELLED'
  | 'LEFT_AS_PLANNED';

export type Leg = Readonly<{
  /** 1 for the first. */
  leg: number;
  carrier: AgencyId;
  fromDivision: DivisionCode;
  toDivision: DivisionCode;
  date: CalendarDate;
  departedAt: Instant | null;
  /** Signed for by the next carrier, or on arrival. */
  handedOverAt: Instant | null;
}>;

/** A contact letter (接收联系函) and to whom it went. */
export type ContactLetter = Readonly<{ letterId: LocalId; to: AgencyId; at: Instant }>;

/** Why a person is not taken on arrival. A mismatch goes back to the identity, the others go up the ladder like a refusal. */
export type ArrivalRejection = 'IDENTITY_MISMATCH' | 'NO_CAPACITY' | 'FAMILY_REFUSES' | 'OTHER';

/** A refusal by the outflow side, known by its letter number. */
export type ReceptionRefusedOnce = Readonly<{ reason: ReceptionRefusal; letterNumber: string; at: Instant }>;

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
  letters: readonly ContactLetter[];
  /** Refusals by the outflow side so far, with reasons. */
  refusals: readonly ReceptionRefusedOnce[];
  /** Why the receiver did not take the person who stood at the door, if so. */
  rejectedFor: ArrivalRejection | null;
  /** The event that accepted reception or decided that it must be. */
  receptionEvent: string | null;
  departedAt: Instant | null;
  arrivedAt: Instant | null;
}>;

/** All dispatches of a case; at most one of them is open. */
export type Dispatches = Readonly<Record<LocalId, Dispatch>>;
export const noDispatches: Dispatches = {};

const over: readonly DispatchPhase[] = ['DECIDED_OTHER', 'HANDED_OVER', 'ABORTED', 'REJECTED_ON_ARRIVAL', 'CANCELLED', 'LEFT_AS_PLANNED'];

export const isOver = ({ phase }: Dispatch): boolean => over.includes(phase);
export const isUnderWay = ({ phase }: Dispatch): boolean => phase === 'DEPARTED' || phase === 'INTERRUPTED';

/** The return home that is being prepared or is under way. */
export const openDispatch = (dispatches: Dispatches): Dispatch | undefined => Object.values(dispatches).find((one) => !isOver(one));

/** A journey that ended at a closed door, for a reason that a superior can overcome. */
export const isTurnedAway = ({ phase, rejectedFor }: Dispatch): boolean =>
  phase === 'REJECTED_ON_ARRIVAL' && rejectedFor !== 'IDENTITY_MISMATCH';

export const findDispatch = ({ dispatches }: Case, dispatchId: LocalId): Dispatch | undefined =>
  Object.hasOwn(dispatches, dispatchId) ? dispatches[dispatchId] : undefined;

/** The case with that dispatch changed; unchanged when there is no such dispatch. */
export function withDispatch(state: Case, dispatchId: LocalId, change: (dispatch: Dispatch) => Partial<Dispatch>): Case {
  const dispatch = findDispatch(state, dispatchId);
  if (dispatch === undefined) return state;
  return { ...state, dispatches: { ...state.dispatches, [dispatchId]: { ...dispatch, ...change(dispatch) } } };
}

/** Legs that have departed. */
export const legsDeparted = ({ legs }: Dispatch): number => legs.filter(({ departedAt }) => departedAt !== null).length;

/** Who answers for the person on the way now: the carrier of the leg under way, or the next one once it has signed. */
export function carrierNow(dispatch: Dispatch): AgencyId | undefined {
  const current = dispatch.legs.find(({ handedOverAt }) => handedOverAt === null) ?? dispatch.legs.at(-1);
  return current?.carrier;
}

/** The agency that the last contact letter went to, or to which it was passed on. */
export const addresseeOf = ({ letters }: Dispatch): AgencyId | null => letters.at(-1)?.to ?? null;

/** Whether the person goes alone or with relatives: then the person leaves by a step of leaving, not with a carrier. */
export const withoutCarrier = (mode: ReturnMode): boolean => mode !== 'ESCORT' && mode !== 'OUTFLOW_FETCHES';

/** How the person leaves by this dispatch, in the figures (CT-LEAVE). */
export function leavingModeOf({ mode, crossProvince }: Pick<Dispatch, 'mode' | 'crossProvince'>): LeavingMode {
  switch (mode) {
    case 'SELF_RETURN':
      return 'SELF';
    case 'SELF_WITH_VOUCHER':
      return 'SELF_WITH_VOUCHER';
    case 'RELATIVES_COLLECT':
      return 'COLLECTED';
    case 'OUTFLOW_FETCHES':
      return 'FETCHED';
    case 'ESCORT':
      return crossProvince ? 'ESCORTED_CROSS_PROVINCE' : 'ESCORTED_IN_PROVINCE';
  }
}
