import { about } from '../../../duties/duty';
import { loopEnded, type FeedbackDuty } from './about-loop';

/** D-F1: written feedback, met when the letter has been delivered. A later redirection does not open it again. */
export const writeFeedback: FeedbackDuty = {
  key: 'D-F1',
  zh: '书面反馈返乡人员信息',
  en: 'Written feedback to the outflow side',
  basis: 'S001 §2(5); S002 §2(5); S004',
  force: 'ordinary',
  limit: 'feedback.due',
  opens: {
    FeedbackDue: ({ data }) => ({
      about: data.loopId,
      owedBy: data.sender,
      owedTo: data.addressee ?? 'RECORD',
      from: data.departedAt,
    }),
  },
  dischargedBy: { LetterDelivered: about('loopId') },
  lapsesOn: loopEnded,
};
