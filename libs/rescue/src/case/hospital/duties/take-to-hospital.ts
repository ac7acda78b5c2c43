import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';

/** Who is ill goes to hospital immediately; only the hospital's admission ends it. One illness, one duty, whichever record notes it first. */
export const takeToHospital: DutyRule<Case, CaseEvent> = {
  key: 'D-C5',
  zh: '患病人员立即送医',
  en: 'take to hospital when ill',
  basis: 'Order 381 art 7',
  force: 'hard',
  limit: 'duty.D-C5',
  opens: {
    InitialCheckDone: ({ meta }, { hospital }) => (hospital.illnessNotedBy === meta.id ? { owedBy: meta.by, owedTo: 'PERSON' } : undefined),
    HospitalTransferRequested: ({ meta }, { hospital }) =>
      hospital.illnessNotedBy === meta.id ? { owedBy: meta.by, owedTo: 'PERSON' } : undefined,
  },
  dischargedBy: { HospitalAdmissionConfirmed: true },
  lapsesOn: { ...noLongerInCare },
};
