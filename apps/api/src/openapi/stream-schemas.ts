import type { CustodySpanRow, DisclosureRow, TimelineRow } from '@guitu/read-models';
import type { AnyStreamKind, Case, Situation } from '@guitu/rescue';
import type { Schema } from '../validation/schemas';
import {
  answered,
  component,
  count,
  flag,
  listOf,
  moment,
  open,
  orNull,
  pageOf,
  personal,
  position,
  row,
  text,
  told,
} from './schema-words';

type OpenDuty = Situation['duties']['open'][string];

const openDuty = row<OpenDuty>('A promise that is still owed.', {
  dutyId: text,
  key: told(text, 'Which duty it is, such as `D-F2`.'),
  about: told(text, 'What it is about inside the case; the case itself when empty.'),
  owedBy: text,
  owedTo: told(text, 'An agency, or `PERSON`, `RECORD`, `PUBLIC`.'),
  force: { type: 'string', enum: ['hard', 'ordinary', 'soft'] },
  startsAt: moment,
  dueAt: moment,
  breached: flag,
  reminded: flag,
  extended: count,
});

const caseState = row<Case>('The folded state of a case. Each part grows with the domain; it holds no personal value.', {
  location: told(text, 'Where the person is, such as `STREET` or `STATION`.'),
  locationBefore: orNull(text),
  owner: told(orNull(text), 'The case-owning station (个案归属站), once there is one.'),
  foundIn: told(orNull(text), 'Division code.'),
  person: open('Plain facts that rules need: a minor, needs an escort.'),
  custody: open('Who has the person, and the whole line.'),
  encounter: open('How the person was met.'),
  handovers: open('By handover id.'),
  reception: open('Admission to the station.'),
  hospital: open('Stays in hospital.'),
  identity: open('How far the identity is known.'),
  dispatches: open('By dispatch id.'),
  ladder: open('Reported refusals, by escalation id.'),
  feedback: open('Written feedback loops.'),
  leaving: open('How the person left.'),
});

const eventCommand = answered('The command that brought the event about.', { id: text, type: text });

const event = answered(
  'One event, with personal values opened.',
  {
    eventId: text,
    type: text,
    zh: text,
    basis: told(text, 'The clause it comes from.'),
    version: told(count, 'Its place in the stream, from 1.'),
    position,
    occurredAt: moment,
    recordedAt: moment,
    agency: told(text, 'The agency that recorded it.'),
    command: eventCommand,
    causation: told(orNull(text), 'The event that brought it about.'),
    data: open('As the type of the event says; personal values as in `PersonalValue`.'),
    backfill: told(personal, 'Why it was recorded late; null when it was not.'),
  },
  { user: told(text, 'The staff number, for auditors and the recording agency.') },
);

const timelineRow = row<TimelineRow>('One event of a stream, with personal values opened.', {
  stream: told(text, 'The whole name of the stream: its category, a hyphen and its id.'),
  version: told(count, 'Its place in the stream, from 1.'),
  streamId: text,
  position,
  eventId: text,
  type: text,
  zh: text,
  basis: told(text, 'The clause it comes from.'),
  occurredAt: moment,
  recordedAt: moment,
  agency: told(text, 'The agency that recorded it.'),
  commandId: text,
  commandType: text,
  causation: told(orNull(text), 'The event that brought it about.'),
  data: open('As the type of the event says; personal values as in `PersonalValue`.'),
  backfill: told(personal, 'Why it was recorded late; null when it was not.'),
  parties: told(listOf(text), 'The agencies that it names, sorted.'),
});

const custodySpan = row<CustodySpanRow>('One span of the custody line (照管链).', {
  caseId: text,
  span: told(count, 'Its place in the line, from 1.'),
  agency: text,
  from: moment,
  until: told(orNull(moment), 'Null while it lasts.'),
});

const disclosure = row<DisclosureRow>(
  'One answer in which personal values of the case left, were kept back, or the case was named. No value.',
  {
    auditId: told(text, 'The audit stream in which it is recorded.'),
    version: told(count, 'Its place there.'),
    stream: told(text, 'What was read: the case, or another stream with its id.'),
    caseId: text,
    position,
    at: moment,
    agency: told(text, 'Who read.'),
    purpose: told(text, 'What for: a code of `Guitu-Purpose`.'),
    outcome: { type: 'string', enum: ['SHOWN', 'REFUSED', 'FOUND'] },
    classes: told(listOf(text), 'The classes of the values.'),
    count: told(count, 'Values in the whole answer, of which this case may be a part.'),
    rule: told(text, 'The rule that allowed or denied it.'),
    requestId: told(text, 'The agency that read knows by it which member of its staff it was.'),
  },
);

/** The component that shows where a stream of this kind stands. */
export const viewName = ({ category }: Pick<AnyStreamKind, 'category'>): string =>
  `${category.slice(0, 1).toUpperCase()}${category.slice(1)}View`;

const viewOf = ({ category }: AnyStreamKind): Schema =>
  answered(`Where the ${category} stands, read from the log itself.`, {
    [`${category}Id`]: text,
    version: told(count, 'How many events it has; also in `ETag`.'),
    position,
    state: category === 'case' ? component('CaseState') : open('The folded state.'),
    duties: listOf(component('OpenDuty')),
    breaches: listOf(answered('A duty that was missed.', { key: text, about: text })),
    participants: told(listOf(text), 'The agencies that take part, sorted.'),
    words: told(listOf(text), 'The state in sentences, in the language asked for.'),
  });

/** What the pages of one stream answer. */
export const streamSchemas = (kinds: readonly AnyStreamKind[]): Readonly<Record<string, Schema>> => ({
  ...Object.fromEntries(kinds.map((kind) => [viewName(kind), viewOf(kind)])),
  CaseState: caseState,
  OpenDuty: openDuty,
  EventView: event,
  TimelineRow: timelineRow,
  TimelinePage: pageOf('TimelineRow'),
  CustodySpanRow: custodySpan,
  CustodyPage: pageOf('CustodySpanRow'),
  DisclosureRow: disclosure,
  DisclosurePage: pageOf('DisclosureRow'),
});
