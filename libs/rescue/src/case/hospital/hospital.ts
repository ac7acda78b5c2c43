import type { AgencyId, CalendarDate, Instant } from '../../words';
import type { Case } from '../case';
import { openDispatch } from '../dispatch/dispatches';

/** Whether and until when the person may travel (适宜返乡评估). */
export type Fitness = Readonly<{ fit: boolean; validUntil: CalendarDate; event: string }>;

/** Hospital stays and fitness to travel (送医). */
export type Hospital = Readonly<{
  requestedFor: AgencyId | null;
  /** The event that first noted the illness for which no hospital has taken the person yet. */
  illnessNotedBy: string | null;
  staysAt: AgencyId | null;
  /** The hospital confirmed that it treats the person. */
  admitted: boolean;
  discharged: boolean;
  /** When the station last identified at the hospital. */
  visitedAt: Instant | null;
  fitness: Fitness | null;
}>;
export const noHospital: Hospital = {
  requestedFor: null,
  illnessNotedBy: null,
  staysAt: null,
  admitted: false,
  discharged: false,
  visitedAt: null,
  fitness: null,
};

/** On the way home with a journey that was interrupted: the only way from there to a hospital (dossier P5(8)). */
export const stoppedOnTheWay = ({ location, dispatches }: Case): boolean =>
  location === 'IN_TRANSIT' && openDispatch(dispatches)?.phase === 'INTERRUPTED';

/**
 * Back once the hospital has discharged the person and the station has signed, in whichever order (dossier 5.1): in the station; or, where the
 * person went to hospital before admission or before any registration, at that point again, so that nobody moves in unchecked.
 */
export function returnedFromHospital(state: Case): Case {
  const { location, hospital, handovers, custody, reception, owner } = state;
  if (location !== 'IN_HOSPITAL' || !hospital.discharged) return state;
  const signed = Object.values(handovers).some(
    ({ kind, phase, to }) => kind === 'HOSPITAL_STATION' && phase === 'ACCEPTED' && to === custody.holder,
  );
  if (!signed) return state;
  const back = reception.enteredAt !== null ? 'IN_STATION' : owner !== null ? 'REGISTERED' : 'STREET';
  return { ...state, location: back, hospital: { ...hospital, staysAt: null, admitted: false, discharged: false } };
}
