import type { EligibilityGround } from '@guitu/standards';
import type { Instant } from '../../words';

/** Request, eligibility and admission (求助接待). */
export type Reception = Readonly<{
  requestedAt: Instant | null;
  eligibility: 'OPEN' | 'ELIGIBLE' | 'HELP_FIRST' | 'NOT_ELIGIBLE';
  ground: EligibilityGround | null;
  safetyCheckPassed: boolean | null;
  admittedAt: Instant | null;
  /** When the person came into the station's care, there or at the hospital: tracing thresholds count from here (P4). */
  enteredAt: Instant | null;
  refused: boolean;
  noticeGiven: boolean;
}>;
export const noReception: Reception = {
  requestedAt: null,
  eligibility: 'OPEN',
  ground: null,
  safetyCheckPassed: null,
  admittedAt: null,
  enteredAt: null,
  refused: false,
  noticeGiven: false,
};
