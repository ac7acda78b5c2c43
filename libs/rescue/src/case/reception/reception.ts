import type { EligibilityGround } from '@guitu/standards';
import type { Instant, LocalId } from '../../words';

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
  /** Lists of things that the station keeps for the person (物品登记), each with the event that holds the list. */
  inventories: Readonly<Record<LocalId, string>>;
  /** The lists whose things went back (物品退还). */
  returnedInventories: readonly LocalId[];
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
  inventories: {},
  returnedInventories: [],
};
