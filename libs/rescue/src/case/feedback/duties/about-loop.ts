import type { DutyRule } from '../../../duties/duty';
import { about } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';

export type FeedbackDuty = DutyRule<Case, CaseEvent>;

/** What a duty of a loop loses its ground by: the loop was cancelled, its letter withdrawn, or the person died; after death only letters are put right. */
export const loopEnded = { LoopCancelled: about('loopId'), FeedbackWithdrawn: about('loopId'), DeathRecorded: true } as const;
