import type { Sex } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId, Personal } from '../../words';
import type { World } from '../../world/world';
import type { Case } from '../case';
import { checkCustodyOrder } from '../custody';
import { feedbackDue, type FeedbackDue } from '../feedback/feedback-due';
import { openHandover } from '../handover/handovers';
import { notNow } from '../only-owner';
import { checkGuards, checkProtected } from './departure-guards';
import { leavingModeOf, legsDeparted, withDispatch, withoutCarrier, type Dispatch } from './dispatches';
import { legOutOfRegion } from './leg-out-of-region';
import { getDispatch, notInPhase } from './steps';

export type EscortRole = 'STAFF' | 'MEDICAL' | 'SOCIAL_WORKER' | 'SECURITY';
/** Who travels along. */
export type Escort = Readonly<{
  /**
   * @minLength 1
   * @maxLength 60
   */
  name: string;
  sex: Sex;
  role: EscortRole;
}>;

/** The carrier of a leg sets out with the person (启程). The feedback clock runs from the leg that leaves the inflow region. */
export type DispatchDeparted = Event<
  'DispatchDeparted',
  {
    dispatchId: LocalId;
    /**
     * @asType integer
     * @minimum 1
     * @maximum 10
     */
    leg: number;
    carrier: AgencyId;
    /** @maxItems 20 */
    escorts: Personal<'contact', readonly Escort[], 'staff'>;
    /**
     * How many travel along.
     * @asType integer
     * @minimum 0
     * @maximum 20
     */
    escortCount: number;
    /** @maxLength 60 */
    ticket?: Personal<'identity'>;
  }
>;
export const dispatchDeparted: EventKind<Case, DispatchDeparted> = {
  zh: '启程',
  basis: 'S001 §2(2), §2(5); dossier P5(7)',
  sealed: { escorts: 'contact of staff', ticket: 'identity' },
  parties: { carrier: true },
  apply: (state, { dispatchId, leg, escortCount }, { at }) => ({
    ...withDispatch(state, dispatchId, ({ legs, departedAt, escorted }) => ({
      phase: 'DEPARTED',
      escorted: escorted || escortCount > 0,
      departedAt: departedAt ?? at,
      legs: legs.map((one) => (one.leg === leg ? { ...one, departedAt: at } : one)),
    })),
    location: 'IN_TRANSIT',
  }),
};

export type DepartDispatch = Command<'DepartDispatch', Omit<DispatchDeparted['data'], 'carrier' | 'escortCount'>>;
export const departDispatch: CommandKind<Case, DepartDispatch, DispatchDeparted | FeedbackDue> = {
  zh: '启程返乡',
  by: ['STATION'],
  decide: (command, state, { world }) => {
    const { data, by, at } = command;
    const dispatch = getDispatch(state, data.dispatchId);
    if (withoutCarrier(dispatch.mode))
      throw notNow('Who goes alone or with relatives leaves without a carrier.', 'DeclareSelfDeparture', 'ReleaseToRelatives');
    const leg = dispatch.legs[data.leg - 1];
    if (leg === undefined) throw new Refusal('unknown-reference', `The way has no leg ${data.leg}.`, { pointer: '/leg' });
    if (leg.carrier !== by.agency) throw new Refusal('ACT-WRONG-AGENCY', 'Only the carrier of the leg sets out on it.');
    if (leg.departedAt !== null) return [];
    checkTurn(command, state, dispatch, world);
    if (state.custody.holder !== by.agency)
      throw new Refusal('DSP-NOT-IN-CUSTODY', 'Nobody sets out with a person whom another agency has.');
    const open = openHandover(state.handovers);
    if (open !== undefined) throw new Refusal('HND-OPEN', `Handover ${open.handoverId} still waits for its signature.`);
    checkCustodyOrder(state.custody, at);
    const escortCount = data.escorts.length;
    return [
      { type: 'DispatchDeparted', data: { ...data, carrier: by.agency, escortCount } },
      ...feedbackOf(command, state, dispatch, world),
    ];
  },
};

/** The first leg needs approval and all guards of dossier 5.2; a later one that the leg before was signed for. */
function checkTurn({ data, at }: DepartDispatch, state: Case, dispatch: Dispatch, world: World): void {
  const escorts = data.escorts.length;
  if (data.leg === 1) {
    // The reason comes first: it tells more than that the approval is missing.
    if (
      legsDeparted(dispatch) === 0 &&
      ['DRAFT', 'CONTACTED', 'ACCEPTED', 'REFUSED', 'ESCALATED', 'DECIDED_RECEIVE', 'APPROVED'].includes(dispatch.phase)
    )
      checkGuards(state, dispatch, { at, world, escorts });
    if (dispatch.phase !== 'APPROVED') throw notInPhase(dispatch, 'DepartDispatch');
    if (!['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(state.location)) throw notNow(`The person is ${state.location}.`);
    return;
  }
  if (dispatch.phase !== 'DEPARTED' || legsDeparted(dispatch) !== data.leg - 1) throw notInPhase(dispatch, 'DepartDispatch');
  if (dispatch.legs[data.leg - 2]?.handedOverAt === null)
    throw notNow(`Nobody has signed for leg ${data.leg - 1}.`, 'OfferHandover', 'AcceptHandover');
  if (state.location !== 'IN_TRANSIT') throw notNow(`The person is ${state.location}.`);
  checkProtected(state, dispatch, escorts);
}

function feedbackOf({ data, at }: DepartDispatch, state: Case, dispatch: Dispatch, world: World): readonly FeedbackDue[] {
  if (legOutOfRegion(dispatch, state.owner, at, world) !== data.leg) return [];
  const departure = { departure: dispatch.dispatchId, at, expectedArrival: dispatch.expectedArrival ?? at, mode: leavingModeOf(dispatch) };
  return feedbackDue(state, departure, world);
}
