import { about } from '../../../duties/duty';
import { findLoop } from '../loops';
import type { Case } from '../../case';
import type { FeedbackDuty } from './about-loop';

const mendingOwed = (state: Case, loopId: string) => {
  const loop = findLoop(state, loopId);
  return loop === undefined ? undefined : { about: loopId, owedBy: loop.sender, owedTo: loop.addressee ?? ('RECORD' as const) };
};

/** D-F12: a wrong letter is corrected or withdrawn in writing: it came back for correction, or the ground of its loop fell away while it was out. */
export const mendFeedback: FeedbackDuty = {
  key: 'D-F12',
  zh: '更正或撤回反馈函',
  en: 'Correction or withdrawal of a wrong letter',
  basis: '[P] dossier D-F12; PIPL art 8',
  force: 'ordinary',
  limit: 'duty.D-F12',
  opens: {
    LetterReturnedForCorrection: ({ data }, state) => mendingOwed(state, data.loopId),
    LoopCancelled: ({ data }, state) =>
      // A letter that came back for correction is owed its mending already; the outflow side learns of a death by a letter of its own.
      data.letterOut && data.why !== 'DEATH_BEFORE_ARRIVAL' && findLoop(state, data.loopId)?.awaitingCorrection === false
        ? mendingOwed(state, data.loopId)
        : undefined,
  },
  dischargedBy: { FeedbackCorrected: about('loopId'), FeedbackWithdrawn: about('loopId') },
  lapsesOn: { LoopCancelled: ({ data }, duty) => data.loopId === duty.about && data.why === 'DEATH_BEFORE_ARRIVAL' },
};
