import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { isOfKind } from './station-of-place';

/** The acutely ill go to hospital at once. A hospital that finds somebody owes it to nobody: the person is there. */
export const hospitalForAcutelyIll: DutyRule<Case, CaseEvent> = {
  key: 'D-P4',
  zh: '突发疾病立即送医',
  en: 'hospital or emergency service for the acutely ill',
  basis: 'S002-A1 §2(3), §3(1)1',
  force: 'hard',
  limit: 'duty.D-P4',
  opens: {
    EncounterRecorded: ({ data, meta }, _state, world) =>
      data.acutelyIll && !isOfKind(world, meta.by, 'HOSPITAL') ? { owedBy: meta.by, owedTo: 'PERSON' } : undefined,
  },
  dischargedBy: { EmergencyCareArranged: true },
  lapsesOn: { DeathRecorded: true },
};
