import { Refusal } from '../refusal';
import type { CommandKind, EventKind } from '../stream-kind';
import type { Clause, Command, Event, LocalId } from '../words';
import { isOrIsAbove } from './in-charge';
import { withHold, type Privacy } from './privacy';

/** Why a hold ends. */
export type HoldEnd = 'MATTER_CLOSED' | 'PERIOD_OVER' | 'ORDERED' | 'PLACED_IN_ERROR';

/** One hold ends (解除留存保全); others stay in force. An erasure that waited for it may go on. */
export type LegalHoldLifted = Event<'LegalHoldLifted', { holdId: LocalId; reason: HoldEnd; legalBasis: Clause }>;
export const legalHoldLifted: EventKind<Privacy, LegalHoldLifted> = {
  zh: '解除留存保全',
  basis: '[P] dossier 9.2; [L] PIPL arts 47, 72',
  apply: (state, { holdId }) => {
    const hold = Object.hasOwn(state.holds, holdId) ? state.holds[holdId] : undefined;
    return hold === undefined ? state : withHold(state, { ...hold, inForce: false });
  },
};

export type LiftLegalHold = Command<'LiftLegalHold', LegalHoldLifted['data']>;
export const liftLegalHold: CommandKind<Privacy, LiftLegalHold, LegalHoldLifted> = {
  zh: '解除留存保全',
  by: ['STATION', 'CIVIL_AFFAIRS', 'POLICE'],
  decide: ({ data, by }, { holds }, { world }) => {
    const hold = Object.hasOwn(holds, data.holdId) ? holds[data.holdId] : undefined;
    if (hold === undefined) throw new Refusal('unknown-reference', `There is no hold ${data.holdId}.`, { pointer: '/holdId' });
    if (!isOrIsAbove(world, by.agency, hold.placedBy))
      throw new Refusal('ACT-WRONG-AGENCY', 'A hold is lifted by the agency that placed it, or by one above it.');
    return hold.inForce ? [{ type: 'LegalHoldLifted', data }] : [];
  },
};
