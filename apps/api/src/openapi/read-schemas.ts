import type {
  Awaited,
  CaseSummary,
  Desk,
  DutyRow,
  DutyTransfer,
  HandoverRow,
  InCustody,
  LetterRow,
  LoopRow,
  Measure,
  ReturneeLedgerRow,
} from '@guitu/read-models';
import type { AnyStreamKind } from '@guitu/rescue';
import type { FollowerReport, ReadinessReport } from '../health/health';
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
import { streamSchemas } from './stream-schemas';

const personalValue: Schema = {
  description:
    'A value about a person: any JSON value, or `{"erased":true}` once the person\'s key is destroyed, or `{"withheld":true}` when the reader may not see it.',
  examples: ['赵根生', { erased: true }, { withheld: true }],
};

const desk = row<Desk>('What lies on the desk of the own agency (待办): the beginning of each list.', {
  custody: deskPart('Persons in its custody.', 'InCustody'),
  handovers: deskPart('Handovers that wait for its signature.', 'HandoverRow'),
  letters: deskPart('Letters that wait for its receipt or reply.', 'LetterRow'),
});

function deskPart(description: string, name: string): Schema {
  return answered(description, {
    rows: { type: 'array', maxItems: 200, items: component(name) },
    more: told(flag, 'There are more than these.'),
  });
}

const caseSummary = row<CaseSummary>('One case (个案) at a glance.', {
  caseId: text,
  owner: told(orNull(text), 'The case-owning station (个案归属站), once there is one.'),
  location: text,
  custodyHolder: told(orNull(text), 'Who has the person now.'),
  foundIn: told(orNull(text), 'Division code.'),
  participants: listOf(text),
  openedAt: moment,
  lastAt: moment,
  version: count,
  position,
});

const inCustody = row<InCustody>("A person in the agency's hands.", { caseId: text, since: moment, case: component('CaseSummary') });

const handover = row<HandoverRow>('One handover (交接).', {
  caseId: text,
  handoverId: text,
  kind: text,
  from: text,
  to: text,
  phase: text,
  offeredAt: moment,
  since: told(moment, 'Since when it is in this phase.'),
  dispatchId: orNull(text),
});

const letter = row<LetterRow>('One letter that lies at its addressee.', {
  caseId: text,
  about: told(text, 'The dispatch, the escalation or the loop that it belongs to.'),
  kind: { type: 'string', enum: ['CONTACT', 'ESCALATION', 'FEEDBACK', 'OUTCOME'] },
  letterId: orNull(text),
  from: text,
  to: text,
  wants: { type: 'string', enum: ['REPLY', 'RECEIPT', 'DECISION'] },
  waiting: flag,
  since: moment,
});

const dutyTransfer = row<DutyTransfer>('The duty passed from one agency to another.', { from: text, to: text, at: moment });
const duty = row<DutyRow>('One duty (责任): who owes whom what, until when, by which clause, and what became of it.', {
  stream: told(text, 'The whole name of the stream: its category, a hyphen and its id.'),
  dutyId: text,
  streamId: told(text, 'The id of the case.'),
  key: told(text, 'Which duty it is, such as `D-F2`.'),
  zh: text,
  en: text,
  basis: told(text, 'The clause it comes from.'),
  owedBy: text,
  owedTo: told(text, 'An agency, or `PERSON`, `RECORD`, `PUBLIC`.'),
  about: told(text, 'What it is about inside the case; the case itself when empty.'),
  force: { type: 'string', enum: ['hard', 'ordinary', 'soft'] },
  openedAt: moment,
  startsAt: moment,
  dueAt: moment,
  dueAtMs: { type: 'integer', description: 'The same limit in milliseconds since 1970.' },
  firstDueAt: told(moment, 'The limit that it was opened with.'),
  policy: open('The policy version that fixed the limit.'),
  counted: told(listOf(open('One step.')), 'Which days were counted, step by step.'),
  provisional: told(flag, 'Counted with days whose holidays are not announced yet.'),
  causedBy: told(text, 'The event that opened it.'),
  status: { type: 'string', enum: ['open', 'discharged', 'waived', 'lapsed'] },
  breachedAt: orNull(moment),
  remindedAt: orNull(moment),
  extended: told(count, 'How many times the limit was moved.'),
  transfers: listOf(dutyTransfer),
  closedBy: told(orNull(text), 'The event that is the evidence, or that made it lapse.'),
  closedAt: orNull(moment),
  metAt: orNull(moment),
  late: orNull(flag),
  position,
});

const awaited = row<Awaited>('An open duty about the loop.', {
  dutyId: text,
  key: text,
  by: text,
  to: text,
  dueAt: moment,
  breached: flag,
});
const loop = row<LoopRow>('One written feedback loop (书面反馈闭环).', {
  caseId: text,
  loopId: text,
  phase: text,
  since: moment,
  over: told(flag, 'Closed or cancelled.'),
  departure: told(text, 'The dispatch, or the kind of leaving, that it answers for.'),
  departedAt: moment,
  expectedArrival: moment,
  destination: told(text, 'Division code.'),
  sender: text,
  addressee: told(orNull(text), 'Null while an officer must still choose.'),
  formerAddressees: listOf(text),
  letterId: orNull(text),
  letterNumber: orNull(text),
  receiptNumber: orNull(text),
  outcomeLetterId: orNull(text),
  awaitingCorrection: flag,
  notArrived: flag,
  reminders: count,
  waitsOn: told(orNull(text), 'Who owes the earliest open duty about it.'),
  waitsUntil: orNull(moment),
  awaited: told(listOf(awaited), 'Every open duty about it, the earliest due first.'),
});

const measure = row<Measure>('Help that was given, or declined with reasons.', {
  event: text,
  by: text,
  at: moment,
  given: flag,
  kind: personal,
  from: personal,
});
const ledgerLine = row<ReturneeLedgerRow>('One line of the ledger of returnees (返乡受助人员台账), with personal values opened.', {
  caseId: text,
  loopId: text,
  agency: orNull(text),
  ledgerNumber: orNull(text),
  ledgeredAt: orNull(moment),
  sender: text,
  letterId: orNull(text),
  letterNumber: orNull(text),
  receiptNumber: orNull(text),
  mode: text,
  destination: told(text, 'Division code.'),
  departedAt: moment,
  expectedArrival: moment,
  arrivedAt: orNull(moment),
  phase: told(text, 'Where the loop stands.'),
  whereabouts: orNull(text),
  receptionAt: orNull(moment),
  visitedAt: orNull(moment),
  visitMode: orNull(text),
  hardshipFound: orNull(flag),
  outcomeLetterId: orNull(text),
  person: personal,
  relative: personal,
  caseFacts: personal,
  health: personal,
  followUp: personal,
  place: personal,
  hardships: personal,
  measures: listOf(measure),
});

const directoryEntry = answered(
  'One agency that works today.',
  { agencyId: text, kind: text, name: text, division: told(text, 'Division code.'), reportsTo: orNull(text) },
  { organisationCode: told(text, 'Unified social credit code (GB 32100).') },
);

const follower = row<FollowerReport>('How one follower of the log is doing.', {
  name: text,
  position,
  lag: told(position, 'Positions behind the log, as text.'),
  fault: orNull(text),
});
const readiness = row<ReadinessReport>('Whether the service can do its work, and if not, why.', {
  status: { type: 'string', enum: ['ready', 'not-ready'] },
  reasons: listOf(text),
  followers: listOf(follower),
});

/** What the routes that read answer. Rows are compared with their types by the compiler, and with real answers by a spec. */
export const readSchemas = (kinds: readonly AnyStreamKind[]): Readonly<Record<string, Schema>> => ({
  PersonalValue: personalValue,
  ...streamSchemas(kinds),
  DeskView: desk,
  InCustody: inCustody,
  CaseSummary: caseSummary,
  HandoverRow: handover,
  LetterRow: letter,
  DutyRow: duty,
  DutyPage: pageOf('DutyRow'),
  LoopRow: loop,
  LoopPage: pageOf('LoopRow'),
  LedgerRow: ledgerLine,
  LedgerPage: pageOf('LedgerRow'),
  DirectoryEntry: directoryEntry,
  DirectoryPage: pageOf('DirectoryEntry'),
  Liveness: answered('The process answers.', { status: { type: 'string', const: 'live' } }),
  Readiness: readiness,
  SandboxMoment: answered('The moment at which the clock of the sandbox stands.', { now: moment }),
  OpenApiDocument: answered(
    'An OpenAPI 3.1 document.',
    {
      openapi: text,
      info: open('Title and version.'),
      paths: open('By address.'),
      components: open('What the paths refer to.'),
    },
    {
      servers: listOf(open('Where the service is.')),
      security: listOf(open('What lets callers in.')),
      tags: listOf(open('A group of routes.')),
    },
  ),
});
