import { homewardLeavingModes, type LeavingMode } from '@guitu/standards';
import type { EventKind } from '../../stream-kind';
import type { AgencyId, DivisionCode, Event, Instant, LocalId } from '../../words';
import { divisionOf, feedbackAddressee, type AddresseeReason } from '../../world/directory';
import type { World } from '../../world/world';
import type { Case } from '../case';
import { isLocal } from '../encounter/is-local';
import type { Loop } from './loops';

/** The person has left towards home in another region: written feedback is owed (反馈责任产生, S001 §2(5)). */
export type FeedbackDue = Event<
  'FeedbackDue',
  {
    loopId: LocalId;
    /** The dispatch, or the kind of leaving, that it answers for. */
    departure: LocalId;
    departedAt: Instant;
    expectedArrival: Instant;
    mode: LeavingMode;
    /**
     * @asType integer
     * @minimum 1
     */
    identityVersion: number;
    destination: DivisionCode;
    sender: AgencyId;
    /** Null where an officer must choose: see AssignAddressee. */
    addressee: AgencyId | null;
    addresseeReason: AddresseeReason | 'AMBIGUOUS' | 'UNKNOWN';
    /**
     * The divisions among which an officer chooses, where a retired division was split.
     * @maxItems 100
     */
    candidates: readonly DivisionCode[];
  }
>;
export const feedbackDueKind: EventKind<Case, FeedbackDue> = {
  zh: '反馈责任产生',
  basis: 'S001 §2(5)',
  parties: { sender: true, addressee: true },
  apply: (state, data, { at }) => {
    const { addresseeReason: _reason, ...facts } = data;
    const loop: Loop = { ...freshLoop, ...facts, since: at };
    const { feedback } = state;
    return { ...state, feedback: { ...feedback, loops: { ...feedback.loops, [data.loopId]: loop }, opened: feedback.opened + 1 } };
  },
};

const freshLoop = {
  phase: 'DUE',
  arrivedAt: null,
  formerAddressees: [],
  letterId: null,
  letterNumber: null,
  receiptNumber: null,
  ledgerNumber: null,
  channel: null,
  failedChannel: null,
  awaitingCorrection: false,
  cancelledFor: null,
  withdrawn: false,
  whereabouts: null,
  homeKnownBy: null,
  homeless: false,
  villages: [],
  hardshipFound: false,
  hardshipReports: {},
  outcomeLetterId: null,
  notArrived: false,
  reminders: 0,
  reopenedAt: null,
  evidence: {},
} as const satisfies Partial<Loop>;

/** A way out of the inflow region. `departure` names it inside the case; `expectedArrival` equals `at` where the person is met on the spot. */
export type Departure = Readonly<{ departure: LocalId; at: Instant; expectedArrival: Instant; mode: LeavingMode }>;

/**
 * The feedback that a departure makes due, for the step that records the departure to append (dossier P7(1)). Empty when none is owed: the identity is
 * not confirmed, the household is local (A11), the person did not leave homewards, or that departure has a loop already.
 */
export function feedbackDue(state: Case, left: Departure, world: World): readonly FeedbackDue[] {
  const { owner, identity, feedback } = state;
  if (owner === null || identity.phase !== 'CONFIRMED' || identity.current === null) return [];
  const dispatch = Object.hasOwn(state.dispatches, left.departure) ? state.dispatches[left.departure] : undefined;
  if (!isHomeward(left.mode, dispatch !== undefined)) return [];
  const destination = dispatch?.destination ?? identity.current.homeDivision;
  if (isLocalReturn(state, destination, left.at, world)) return [];
  if (Object.values(feedback.loops).some(({ departure, phase }) => departure === left.departure && phase !== 'CANCELLED')) return [];
  const { departure, at: departedAt, expectedArrival, mode } = left;
  const facts = { departure, departedAt, expectedArrival, mode, identityVersion: identity.current.version, destination, sender: owner };
  const loopId = `loop-${feedback.opened + 1}`;
  return [{ type: 'FeedbackDue', data: { loopId, ...facts, ...addresseeFor(world, destination, departedAt) } }];
}

/** Who leaves alone and without help goes home only if a return was planned. */
const isHomeward = (mode: LeavingMode, planned: boolean): boolean =>
  (homewardLeavingModes as readonly LeavingMode[]).includes(mode) || (mode === 'SELF' && planned);

/** Whether the return stays inside the owner's local scope, or the person was confirmed local: then no letter is sent. */
export const isLocalReturn = (state: Case, destination: DivisionCode, at: Instant, world: World): boolean =>
  state.identity.localTownship !== null || isLocal(destination, divisionOf(world, state.owner ?? undefined, at) ?? state.foundIn, at);

function addresseeFor(
  world: World,
  destination: DivisionCode,
  at: Instant,
): Pick<FeedbackDue['data'], 'addressee' | 'addresseeReason' | 'candidates'> {
  const found = feedbackAddressee(world, destination, at);
  if (found.kind === 'found') return { addressee: found.agency, addresseeReason: found.reason, candidates: [] };
  if (found.kind === 'ambiguous') return { addressee: null, addresseeReason: 'AMBIGUOUS', candidates: found.divisions };
  return { addressee: null, addresseeReason: 'UNKNOWN', candidates: [] };
}
