import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';

const { HandedToHouseholdTownship: _followsTheSignature, ...leftOtherwise } = noLongerInCare;

/** A sheltered person who turned out to be local is handed to the township of the household. */
export const handLocalHouseholdOver: DutyRule<Case, CaseEvent> = {
  key: 'D-P8',
  zh: '本市户籍受助人员移交户籍地镇街',
  en: 'hand a sheltered person later found local to the township',
  basis: 'S002-A1 §4(2)',
  force: 'ordinary',
  limit: 'duty.D-P8',
  opens: { LocalHouseholdConfirmed: ({ data, meta }) => ({ owedBy: meta.by, owedTo: data.township }) },
  dischargedBy: {
    HandoverAccepted: ({ data }, duty, { handovers }) => handovers[data.handoverId]?.kind === 'STATION_TOWNSHIP' && data.to === duty.owedTo,
  },
  // Another township, or another identity: the first promise has lost its ground.
  lapsesOn: { ...leftOtherwise, LocalHouseholdConfirmed: true, IdentityRetracted: true, IdentityConfirmed: ({ data }) => !data.local },
};
