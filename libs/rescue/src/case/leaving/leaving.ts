import type { LeavingMode } from '@guitu/standards';
import type { CalendarDate, Instant, LocalId } from '../../words';

/** How and when the person left (离站). */
export type Leaving = Readonly<{
  mode: LeavingMode | null;
  leftAt: Instant | null;
  /** How often the person left by a step of this folder: a reopened case can be left again. */
  departures: number;
  missingSince: Instant | null;
  /** The person was missing and came back. */
  foundAgain: boolean;
  policeClosed: boolean;
  archivedAt: Instant | null;
  /** The last day on which the file is kept, as the archivist says. */
  keptUntil: CalendarDate | 'PERMANENT' | null;
  reopened: boolean;
}>;
export const notLeft: Leaving = {
  mode: null,
  leftAt: null,
  departures: 0,
  missingSince: null,
  foundAgain: false,
  policeClosed: false,
  archivedAt: null,
  keptUntil: null,
  reopened: false,
};

/** The name of the next departure, under which a feedback loop can answer for it. */
export const nextDeparture = ({ departures }: Leaving): LocalId => `leaving-${departures + 1}`;
