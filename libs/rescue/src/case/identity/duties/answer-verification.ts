import { about, type DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';

/** The police answer every question about an identity, each of its own. */
export const answerVerification: DutyRule<Case, CaseEvent> = {
  key: 'D-I4',
  zh: '协查反馈',
  en: 'answer identity queries',
  basis: 'S001 §2(2)',
  force: 'ordinary',
  limit: 'duty.D-I4',
  opens: {
    PoliceVerificationRequested: ({ data, meta }) => ({ about: data.queryId, owedBy: data.toPolice, owedTo: meta.by }),
  },
  dischargedBy: { PoliceVerificationReplied: about('queryId') },
  // In the file of a dead person, or one put away, nobody answers any more.
  lapsesOn: { DeathRecorded: true, CaseArchived: true },
};
