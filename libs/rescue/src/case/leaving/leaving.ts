import type { LeavingMode } from '@guitu/standards';
import type { Instant } from '../../words';

/** How and when the person left (离站). */
export type Leaving = Readonly<{
  mode: LeavingMode | null;
  leftAt: Instant | null;
  missingSince: Instant | null;
  policeClosed: boolean;
  archivedAt: Instant | null;
}>;
export const notLeft: Leaving = { mode: null, leftAt: null, missingSince: null, policeClosed: false, archivedAt: null };
