import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';

/** The station that was called goes to the hospital; without a call, the one that opened the case there. */
export const identifyAtHospital: DutyRule<Case, CaseEvent> = {
  key: 'D-C6',
  zh: '及时到院甄别',
  en: 'identify the person at the hospital',
  basis: 'S002-A1 §4(6)',
  force: 'ordinary',
  limit: 'duty.D-C6',
  opens: {
    HospitalIdentificationRequested: ({ data, meta }) => ({ owedBy: data.station, owedTo: meta.by }),
    CaseOpenedAtHospital: ({ data, meta }, { encounter }) =>
      encounter.identificationBy === null ? { owedBy: meta.by, owedTo: data.hospital } : undefined,
  },
  dischargedBy: { HospitalIdentificationVisited: true },
  lapsesOn: {
    ...noLongerInCare,
    // A second call, to another station or hospital, replaces the first.
    HospitalIdentificationRequested: true,
  },
};
