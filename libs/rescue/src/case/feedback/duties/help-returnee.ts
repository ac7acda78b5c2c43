import { findLoop } from '../loops';
import type { Duty } from '../../../duties/duty';
import type { Case } from '../../case';
import type { FeedbackDuty } from './about-loop';

const reportedIn = ({ data }: { readonly data: { readonly loopId: string } }, duty: Duty, state: Case): boolean =>
  Object.hasOwn(findLoop(state, data.loopId)?.hardshipReports ?? {}, duty.about);

/**
 * D-F7: help under the existing policies. Township and departments owe it together and the township answers for it: a measure of any of them
 * meets it, a reasoned refusal only that of the agency that owes it. Goes on after the loop is closed.
 */
export const helpReturnee: FeedbackDuty = {
  key: 'D-F7',
  zh: '落实帮扶',
  en: 'Assistance in hardship',
  basis: 'S001 §2(5); S002 §2(5); S003 §2(3)6',
  force: 'ordinary',
  limit: 'duty.D-F7',
  opens: { HardshipReported: ({ data }) => ({ about: data.letterId, owedBy: data.township, owedTo: 'PERSON' }) },
  dischargedBy: {
    AssistanceMeasureRecorded: ({ data }, duty) => data.hardshipLetterId === duty.about,
    AssistanceDeclined: ({ data, meta }, duty) => data.hardshipLetterId === duty.about && meta.by === duty.owedBy,
  },
  lapsesOn: { LoopCancelled: reportedIn, FeedbackWithdrawn: reportedIn, DeathRecorded: true },
};
