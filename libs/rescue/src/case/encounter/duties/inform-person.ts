import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';

/** Whoever finds somebody says where to get help. */
export const informPerson: DutyRule<Case, CaseEvent> = {
  key: 'D-P2',
  zh: '告知求助渠道',
  en: 'inform the person where to get help',
  basis: 'S002-A1 §3(1)1; Order 381 art 5',
  force: 'ordinary',
  limit: 'duty.D-P2',
  opens: { EncounterRecorded: ({ meta }) => ({ owedBy: meta.by, owedTo: 'PERSON' }) },
  dischargedBy: { PersonInformedOfHelp: true },
  lapsesOn: { DeathRecorded: true },
};
