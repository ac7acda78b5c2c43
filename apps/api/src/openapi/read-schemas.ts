import type { DutyRow, DutyTransfer } from '@guitu/read-models';
import type { AnyStreamKind } from '@guitu/rescue';
import type { FollowerReport, ReadinessReport } from '../health/health';
import type { Schema } from '../validation/schemas';
import { deskSchemas } from './desk-schemas';
import { loopSchemas } from './loop-schemas';
import { answered, count, flag, listOf, moment, open, orNull, pageOf, position, row, text, told } from './schema-words';
import { privacySchemas } from './privacy-schemas';
import { searchSchemas } from './search-operation';
import { streamSchemas } from './stream-schemas';

const personalValue: Schema = {
  description:
    'A value about a person: any JSON value, or `{"erased":true}` once its erasure was confirmed or its key destroyed, `{"restricted":true}` while ' +
    'processing is restricted to storage, or `{"withheld":true}` when the reader may not see it. Who was shown what is recorded before the answer leaves.',
  examples: ['赵根生', { erased: true }, { restricted: true }, { withheld: true }],
};

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
  ...deskSchemas,
  DutyRow: duty,
  DutyPage: pageOf('DutyRow'),
  ...loopSchemas,
  ...searchSchemas,
  ...privacySchemas,
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
