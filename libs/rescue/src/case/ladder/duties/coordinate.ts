import type { Duty, DutyRule } from '../../../duties/duty';
import { about } from '../../../duties/duty';
import { superiorOf } from '../../../world/directory';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { leavingEndsIt } from '../../dispatch/duties/leaving-ends-it';
import { findEscalation } from '../ladder';

/** Whoever a refusal has reached coordinates with the other side, or passes it on to the next rung; at the top it decides, with more time. */
export const coordinate: DutyRule<Case, CaseEvent> = {
  key: 'D-R6',
  zh: '协调拒收',
  en: 'coordinate a refusal',
  basis: 'S001 §2(2)',
  force: 'ordinary',
  limit: 'duty.D-R6',
  opens: {
    RefusalEscalated: ({ data, meta }, { owner }, world) => {
      const top = superiorOf(world, data.toAgency, meta.at) === undefined;
      const duty = { about: data.escalationId, owedBy: data.toAgency, owedTo: owner ?? data.fromAgency };
      return top ? { ...duty, limit: 'duty.D-R6.ministry' } : duty;
    },
  },
  dischargedBy: {
    CoordinationDecided: about('escalationId'),
    RefusalEscalated: ({ data }, duty) => data.escalationId === duty.about && data.fromAgency === duty.owedBy,
  },
  lapsesOn: {
    ...leavingEndsIt,
    EscalationClosed: about('escalationId'),
    DispatchCancelled: ({ data }, duty: Duty, state) => findEscalation(state, duty.about)?.dispatchId === data.dispatchId,
  },
};
