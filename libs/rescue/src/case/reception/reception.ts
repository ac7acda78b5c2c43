import type { Instant } from '../../words';

/** Request, eligibility and admission (求助接待). */
export type Reception = Readonly<{
  requestedAt: Instant | null;
  eligibility: 'OPEN' | 'ELIGIBLE' | 'HELP_FIRST' | 'NOT_ELIGIBLE';
  safetyCheckPassed: boolean | null;
  admittedAt: Instant | null;
  refused: boolean;
  noticeGiven: boolean;
}>;
export const noReception: Reception = {
  requestedAt: null,
  eligibility: 'OPEN',
  safetyCheckPassed: null,
  admittedAt: null,
  refused: false,
  noticeGiven: false,
};
