import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';

/** A negative decision is handed over in writing, with its reasons. For who is in the station already, help is terminated instead. */
export const stateReasons: DutyRule<Case, CaseEvent> = {
  key: 'D-C2',
  zh: '不予救助书面说明理由',
  en: 'state reasons when refusing',
  basis: 'Order 381 art 6',
  force: 'ordinary',
  limit: 'duty.D-C2',
  opens: {
    EligibilityDecided: ({ meta }, { reception, location }) =>
      reception.eligibility === 'NOT_ELIGIBLE' && location !== 'IN_STATION' ? { owedBy: meta.by, owedTo: 'PERSON' } : undefined,
  },
  dischargedBy: { AssistanceRefused: true },
  // A new decision replaces the one whose reasons were owed.
  lapsesOn: {
    ...noLongerInCare,
    EligibilityDecided: true,
  },
};
