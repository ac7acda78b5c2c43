import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';
import { signedAs } from './signed-as';

/** Who turns out on the spot to have the household in this city is handed to the township of the household. */
export const handLocalToTownship: DutyRule<Case, CaseEvent> = {
  key: 'D-P6',
  zh: '本市户籍人员移交户籍地镇街',
  en: 'hand persons of a local household to the township',
  basis: 'S002-A1 §4(2)',
  force: 'ordinary',
  limit: 'duty.D-P6',
  opens: {
    OnSceneIdentityQueried: ({ data, meta }) =>
      data.result === 'HIT' && data.local ? { owedBy: meta.by, owedTo: data.township ?? 'PERSON' } : undefined,
  },
  dischargedBy: { HandoverAccepted: signedAs('POLICE_TOWNSHIP') },
  lapsesOn: {
    // Who was brought to the station instead and has left from there: the breach stays in the record, nothing is left to do.
    ...noLongerInCare,
    // A later query that says otherwise replaces the first.
    OnSceneIdentityQueried: true,
    // Safety goes first (branches B1, B2): from the hospital the station takes over.
    HandoverAccepted: signedAs('POLICE_HOSPITAL'),
    HandedToFamilyOrUnit: true,
    HelpDeclinedByPerson: true,
  },
};
