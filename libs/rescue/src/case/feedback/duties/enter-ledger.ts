import { about } from '../../../duties/duty';
import { loopEnded, type FeedbackDuty } from './about-loop';

/** D-F3: the entry in the ledger of returnees. A letter that goes back for correction, or is corrected before, wants its receipt first. */
export const enterLedger: FeedbackDuty = {
  key: 'D-F3',
  zh: '登记返乡台账',
  en: 'Entry in the ledger of returnees',
  basis: 'S001 §2(5)',
  force: 'ordinary',
  limit: 'duty.D-F3',
  opens: { LetterReceipted: ({ data, meta }) => ({ about: data.loopId, owedBy: meta.by, owedTo: 'RECORD' }) },
  dischargedBy: { ReturneeLedgered: about('loopId') },
  lapsesOn: { ...loopEnded, LetterReturnedForCorrection: about('loopId'), FeedbackCorrected: about('loopId') },
};
