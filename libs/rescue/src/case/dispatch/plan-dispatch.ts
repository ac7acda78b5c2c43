import type { ReturnMode } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, CalendarDate, Command, DivisionCode, Event, Instant, LocalId } from '../../words';
import { divisionOf } from '../../world/directory';
import type { Case } from '../case';
import { isLocalReturn } from '../feedback/feedback-due';
import { notNow, onlyOwner } from '../only-owner';
import { checkCarriers, crossesProvince } from './carriers';
import { checkRoute } from './check-route';
import { getConfirmedIdentity } from './departure-guards';
import { isTurnedAway, openDispatch, type Dispatch } from './dispatches';

export type Transport = 'TRAIN' | 'COACH' | 'CAR' | 'SHIP' | 'PLANE' | 'AMBULANCE';

/** One leg of the way (行程段): who carries the person from where to where. */
export type PlannedLeg = Readonly<{
  carrier: AgencyId;
  fromDivision: DivisionCode;
  toDivision: DivisionCode;
  transport: Transport;
  /**
   * Of the train, coach or flight.
   * @maxLength 20
   */
  number?: string;
  date: CalendarDate;
}>;

/** How, by which way and to whom the person is to get home (返乡计划, S001 §2(2)). It stands on one version of the identity. */
export type DispatchPlanned = Event<
  'DispatchPlanned',
  {
    dispatchId: LocalId;
    mode: ReturnMode;
    destination: DivisionCode;
    /** Who shall receive the person; the agency that accepts, unless said. */
    receiver?: AgencyId;
    /**
     * None when the person goes alone or with relatives.
     * @maxItems 10
     */
    legs: readonly PlannedLeg[];
    expectedArrival: Instant;
    crossProvince: boolean;
    needsEscort: boolean;
    /**
     * @asType integer
     * @minimum 1
     */
    identityVersion: number;
  }
>;
export const dispatchPlanned: EventKind<Case, DispatchPlanned> = {
  zh: '返乡计划',
  basis: 'S001 §2(2); dossier P5',
  parties: { receiver: true, legs: { carrier: true } },
  apply: (state, { dispatchId, mode, destination, receiver, legs, expectedArrival, crossProvince, identityVersion }) => {
    const planned: Dispatch = {
      ...fresh,
      dispatchId,
      mode,
      identityVersion,
      destination,
      receiver: receiver ?? null,
      crossProvince,
      legs: legs.map(({ carrier, fromDivision, toDivision, date }, index) => {
        return { leg: index + 1, carrier, fromDivision, toDivision, date, departedAt: null, handedOverAt: null };
      }),
      expectedArrival,
    };
    return { ...state, dispatches: { ...state.dispatches, [dispatchId]: { ...planned, ...receptionDecided(state, planned) } } };
  },
};

const fresh = {
  phase: 'DRAFT',
  escorted: false,
  letters: [],
  refusals: [],
  rejectedFor: null,
  receptionEvent: null,
  departedAt: null,
  arrivedAt: null,
} as const;

/** After a rejection at the door a superior has decided that the place must receive: the new way there needs no other reply. */
function receptionDecided({ dispatches }: Case, { destination, receiver }: Dispatch): Partial<Dispatch> {
  const before = Object.values(dispatches).findLast((one) => isTurnedAway(one) && one.destination === destination);
  if (before === undefined || before.receptionEvent === null) return {};
  return { phase: 'DECIDED_RECEIVE', receptionEvent: before.receptionEvent, receiver: receiver ?? before.receiver };
}

type Computed = 'crossProvince' | 'needsEscort' | 'identityVersion';
export type PlanDispatch = Command<'PlanDispatch', Omit<DispatchPlanned['data'], Computed>>;
export const planDispatch: CommandKind<Case, PlanDispatch, DispatchPlanned> = {
  zh: '制定返乡计划',
  by: ['STATION'],
  decide: ({ data, by, at }, state, { world }) => {
    checkFreshId(state, data.dispatchId);
    onlyOwner(state, by);
    if (!['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(state.location)) throw notNow('The person is not in care.');
    const identity = getConfirmedIdentity(state);
    const open = openDispatch(state.dispatches);
    if (open !== undefined) throw new Refusal('DSP-ALREADY-OPEN', `Dispatch ${open.dispatchId} is ${open.phase}.`);
    checkRoute(data, at, world);
    if (isLocalReturn(state, data.destination, at, world))
      throw new Refusal('DSP-LOCAL-HOUSEHOLD', 'Who belongs to this city is handed to the township of the household.');
    checkCarriers({ ...data, owner: by.agency }, at, world);
    const crossProvince = crossesProvince(data.legs, divisionOf(world, by.agency, at), data.destination);
    const { needsEscort } = state.person;
    return [{ type: 'DispatchPlanned', data: { ...data, crossProvince, needsEscort, identityVersion: identity.version } }];
  },
};

function checkFreshId({ dispatches }: Case, dispatchId: LocalId): void {
  // Departures without a dispatch are named so; a loop must know which it answers for.
  if (Object.hasOwn(dispatches, dispatchId) || dispatchId.startsWith('leaving-'))
    throw new Refusal('ID-TAKEN', `The name ${dispatchId} is taken.`, { pointer: '/dispatchId' });
}
