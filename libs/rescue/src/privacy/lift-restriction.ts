import type { CommandKind, EventKind } from '../stream-kind';
import type { Clause, Command, Event } from '../words';
import { checkInCharge } from './in-charge';
import type { Privacy } from './privacy';

/** Why processing is allowed again. */
export type RestrictionEnd = 'GROUND_GONE' | 'ORDERED' | 'RESTRICTED_IN_ERROR';

/** The personal data of the case may be used again (解除限制处理). */
export type RestrictionLifted = Event<'RestrictionLifted', { reason: RestrictionEnd; legalBasis: Clause }>;
export const restrictionLifted: EventKind<Privacy, RestrictionLifted> = {
  zh: '解除限制处理',
  basis: '[L] PIPL arts 44, 47',
  apply: (state) => ({ ...state, restrictedBy: null }),
};

export type LiftRestriction = Command<'LiftRestriction', RestrictionLifted['data']>;
export const liftRestriction: CommandKind<Privacy, LiftRestriction, RestrictionLifted> = {
  zh: '解除限制处理',
  by: [],
  decide: ({ data, by }, state, aid) => {
    checkInCharge(by, aid);
    return state.restrictedBy === null ? [] : [{ type: 'RestrictionLifted', data }];
  },
};
