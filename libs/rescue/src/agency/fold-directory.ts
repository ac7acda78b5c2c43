import { eventKindOf, isDutyEvent, type RecordedEvent } from '../situation';
import type { AgencyId } from '../words';
import type { Directory } from '../world/world';
import { noAgency, type Agency } from './agency';
import { agencyStream } from './catalogue';

/** One event of one agency's stream: the stream's id is the agency's. */
export type AgencyHappening = Readonly<{ agencyId: AgencyId; event: RecordedEvent }>;

/** The directory that the events of all agency streams make, each stream in its own order. Stops at an unknown event. */
export function foldDirectory(happenings: Iterable<AgencyHappening>, before: Directory = new Map()): Directory {
  const after = new Map(before);
  for (const { agencyId, event } of happenings) after.set(agencyId, agencyAfter(after.get(agencyId) ?? noAgency, event));
  return after;
}

/** The directory after one more event of this agency's stream. */
export const withAgencyEvent = (directory: Directory, agencyId: AgencyId, event: RecordedEvent): Directory =>
  foldDirectory([{ agencyId, event }], directory);

function agencyAfter(agency: Agency, event: RecordedEvent): Agency {
  if (isDutyEvent(event.type)) return agency;
  // The catalogue pairs each event type with its own effect; the compiler checked that pair where the entry was written.
  const apply = eventKindOf(agencyStream, event.type).apply as (state: Agency, data: unknown, meta: RecordedEvent['meta']) => Agency;
  return apply(agency, event.data, event.meta);
}
