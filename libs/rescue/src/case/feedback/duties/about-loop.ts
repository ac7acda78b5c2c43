import type { DutyRule } from '../../../duties/duty';
import { about } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';

export type FeedbackDuty = DutyRule<Case, CaseEvent>;

/** What every duty of a loop loses its ground by: the loop was cancelled, or its letter withdrawn. Letters are still owed after a death. */
export const loopEnded = { LoopCancelled: about('loopId'), FeedbackWithdrawn: about('loopId') };

/** What is owed to the person also ends with the person's death. */
export const loopOrLifeEnded = { ...loopEnded, DeathRecorded: true } as const;
