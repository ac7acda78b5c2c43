import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';

/** Whoever asks for help, or was brought to hospital, learns promptly whether the conditions are met. */
export const decideEligibilityDuty: DutyRule<Case, CaseEvent> = {
  key: 'D-C1',
  zh: '及时甄别是否符合救助条件',
  en: 'decide eligibility',
  basis: 'S002-A1 §4(6)',
  force: 'ordinary',
  limit: 'duty.D-C1',
  opens: {
    HelpRequestRegistered: ({ meta }) => ({ owedBy: meta.by, owedTo: 'PERSON' }),
    CaseOpenedAtHospital: ({ meta }) => ({ owedBy: meta.by, owedTo: 'PERSON' }),
  },
  dischargedBy: { EligibilityDecided: true },
  lapsesOn: { ...noLongerInCare },
};
