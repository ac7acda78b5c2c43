import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';

/** Every station compares the face on entry. */
export const compareFace: DutyRule<Case, CaseEvent> = {
  key: 'D-C3',
  zh: '入站人脸比对',
  en: 'face comparison on entry',
  basis: 'S001 §2(2); S002 §2(2)',
  force: 'ordinary',
  limit: 'duty.D-C3',
  opens: { PersonAdmitted: ({ meta }) => ({ owedBy: meta.by, owedTo: 'RECORD' }) },
  dischargedBy: { FaceComparisonPerformed: true },
  lapsesOn: { ...noLongerInCare },
};
