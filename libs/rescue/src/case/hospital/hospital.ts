import type { AgencyId, CalendarDate } from '../../words';

/** Whether and until when the person may travel (适宜返乡评估). */
export type Fitness = Readonly<{ fit: boolean; validUntil: CalendarDate; event: string }>;

/** Hospital stays and fitness to travel (送医). */
export type Hospital = Readonly<{ requestedFor: AgencyId | null; staysAt: AgencyId | null; discharged: boolean; fitness: Fitness | null }>;
export const noHospital: Hospital = { requestedFor: null, staysAt: null, discharged: false, fitness: null };
