import { about } from '../../../duties/duty';
import type { Case } from '../../case';
import { findLoop } from '../loops';
import { loopEnded, type FeedbackDuty } from './about-loop';

const receiptOwed = (state: Case, loopId: string) => {
  const loop = findLoop(state, loopId);
  return loop?.phase === 'DELIVERED' ? { about: loopId, owedBy: loop.addressee ?? undefined, owedTo: loop.sender } : undefined;
};

/** D-F2: the receipt. A redirection opens it anew for the new addressee, a corrected letter for the same one. */
export const receiptFeedback: FeedbackDuty = {
  key: 'D-F2',
  zh: '回执',
  en: 'Receipt of the feedback letter',
  basis: '[P] dossier D-F2',
  force: 'ordinary',
  limit: 'duty.D-F2',
  opens: {
    LetterDelivered: ({ data }, state) => receiptOwed(state, data.loopId),
    LetterRedirected: ({ data }, state) => receiptOwed(state, data.loopId),
    FeedbackCorrected: ({ data }, state) => receiptOwed(state, data.loopId),
  },
  dischargedBy: {
    LetterReceipted: about('loopId'),
    LetterRedirected: about('loopId'),
    LetterReturnedForCorrection: about('loopId'),
  },
  lapsesOn: { ...loopEnded, FeedbackCorrected: about('loopId') },
};
