import type { CommandKind, EventKind } from '../stream-kind';
import type { Clause, Command, Event } from '../words';
import { checkInCharge } from './in-charge';
import type { Privacy } from './privacy';

/** Why data are kept but no longer used: the term of keeping runs, deleting is technically too hard, or the person asked for it. */
export type RestrictionReason = 'KEEPING_TERM_RUNS' | 'DELETION_TOO_HARD' | 'REQUESTED_BY_PERSON';

/** The personal data of the case are stored and protected, and shown to nobody but for a legal hold (限制处理, PIPL art 47). All keys stay. */
export type ProcessingRestricted = Event<'ProcessingRestricted', { reason: RestrictionReason; legalBasis: Clause }>;
export const processingRestricted: EventKind<Privacy, ProcessingRestricted> = {
  zh: '限制处理',
  basis: '[L] PIPL arts 44, 47',
  apply: (state, _data, { by }) => ({ ...state, restrictedBy: by }),
};

export type RestrictProcessing = Command<'RestrictProcessing', ProcessingRestricted['data']>;
export const restrictProcessing: CommandKind<Privacy, RestrictProcessing, ProcessingRestricted> = {
  zh: '限制处理',
  by: [],
  opens: 'any',
  decide: ({ data, by }, state, aid) => {
    checkInCharge(by, aid);
    return state.restrictedBy === null ? [{ type: 'ProcessingRestricted', data }] : [];
  },
};
