import { about } from '../../../duties/duty';
import { findLoop } from '../loops';
import { loopEnded, type FeedbackDuty } from './about-loop';

/**
 * D-F8: the written outcome, 60 days after the departure; owed from the ledger entry on, met when the inflow station has receipted it. A loop taken up again wants its
 * answer anew, 60 days from then on.
 */
export const answerFeedback: FeedbackDuty = {
  key: 'D-F8',
  zh: '书面反馈流出地情况',
  en: 'Written outcome to the inflow side',
  basis: '[P] dossier D-F8',
  force: 'ordinary',
  limit: 'duty.D-F8',
  opens: {
    ReturneeLedgered: ({ data, meta }, state) => {
      const loop = findLoop(state, data.loopId);
      return loop === undefined ? undefined : { about: data.loopId, owedBy: meta.by, owedTo: loop.sender, from: loop.departedAt };
    },
    LoopReopened: ({ data }, state) => {
      const loop = findLoop(state, data.loopId);
      return loop === undefined ? undefined : { about: data.loopId, owedBy: loop.addressee ?? undefined, owedTo: loop.sender };
    },
  },
  dischargedBy: { OutcomeLetterReceipted: about('loopId') },
  lapsesOn: loopEnded,
};
