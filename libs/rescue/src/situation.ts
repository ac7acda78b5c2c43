import { dutyEvents } from './duties/duty-events';
import { noDuties, type DutyBook } from './duties/duty';
import type { AnyEventKind, AnyStreamKind, PartyTree } from './stream-kind';
import type { AgencyId, Event, EventMeta } from './words';

/** Where a stream stands after its events so far. Derived, never stored. */
export type Situation<S = unknown> = Readonly<{
  /** Number of events; 0 when there is no stream yet. */
  version: number;
  state: S;
  duties: DutyBook;
  /** Every agency that recorded an event or was named by one. They may read the stream; nobody else learns that it exists. */
  parties: ReadonlySet<AgencyId>;
}>;

/** An event with what its effect may look at. Personal values may be open or sealed: no effect can tell the difference. */
export type RecordedEvent = Event & Readonly<{ meta: EventMeta }>;

/** An event whose type no catalogue knows. Reading stops here; nothing is skipped. */
export class UnknownEventType extends Error {
  constructor(
    readonly type: string,
    readonly category: string,
  ) {
    super(`The catalogue of ${category} streams knows no event ${type}; this version of Guitu is too old for this log.`);
    this.name = 'UnknownEventType';
  }
}

/** Who may know of a stream: its own parties, and those of the stream that it is about. */
export const partiesOf = ({ parties }: Situation, about?: Situation): ReadonlySet<AgencyId> =>
  about === undefined ? parties : new Set([...parties, ...about.parties]);

export const nothing = <S>(initial: S): Situation<S> => ({ version: 0, state: initial, duties: noDuties, parties: new Set() });

/** The catalogue entry of an event type of this stream, duties included. */
export function eventKindOf(kind: AnyStreamKind, type: string): AnyEventKind {
  const found = Object.hasOwn(kind.events, type) ? kind.events[type] : isDutyEvent(type) ? (dutyEvents[type] as AnyEventKind) : undefined;
  if (found === undefined) throw new UnknownEventType(type, kind.category);
  return found;
}

export const isDutyEvent = (type: string): type is keyof typeof dutyEvents => Object.hasOwn(dutyEvents, type);

/** The situation after one more event. Looks only at the event and the situation. */
export function evolve<S>(kind: AnyStreamKind, before: Situation<S>, event: RecordedEvent): Situation<S> {
  const eventKind = eventKindOf(kind, event.type);
  // The catalogue pairs each event type with its own effect; the compiler checked that pair where the entry was written.
  const apply = eventKind.apply as (state: unknown, data: unknown, meta: EventMeta) => unknown;
  const after = { version: before.version + 1, parties: withParties(before.parties, event, eventKind.parties) };
  return isDutyEvent(event.type)
    ? { ...after, state: before.state, duties: apply(before.duties, event.data, event.meta) as DutyBook }
    : { ...after, state: apply(before.state, event.data, event.meta) as S, duties: before.duties };
}

const notAgencies: ReadonlySet<string> = new Set(['PERSON', 'RECORD', 'PUBLIC', 'guitu']);

function withParties(parties: ReadonlySet<AgencyId>, event: RecordedEvent, marks: PartyTree | undefined): ReadonlySet<AgencyId> {
  const { by } = event.meta;
  if (marks === undefined && parties.has(by)) return parties;
  const named = [by, ...(marks === undefined ? [] : agenciesNamed(event.data, marks))];
  const fresh = named.filter((agency) => !parties.has(agency) && !notAgencies.has(agency));
  return fresh.length === 0 ? parties : new Set([...parties, ...fresh]);
}

/** The agencies that an event's data names, found through its `parties` marks. */
export function agenciesNamed(data: unknown, marks: PartyTree | true): readonly AgencyId[] {
  if (data === undefined || data === null) return [];
  if (Array.isArray(data)) return data.flatMap((item) => agenciesNamed(item, marks));
  if (marks === true) return typeof data === 'string' ? [data] : [];
  const record = data as Readonly<Record<string, unknown>>;
  return Object.entries(marks).flatMap(([field, mark]) => agenciesNamed(record[field], mark));
}
