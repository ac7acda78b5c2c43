import type { CertifiedStep, ErasureCertificate, ErasurePlan, PlannedEvent, PlannedSubject } from '@guitu/erasure';
import type { Schema } from '../validation/schemas';
import { answered, component, count, flag, listOf, moment, open, orNull, position, row, text, told } from './schema-words';

const reference = told(text, 'The random reference that sealed values carry; it tells nobody who it is.');

const plannedSubject = row<PlannedSubject>('A human being whose keys would go.', {
  subject: reference,
  whose: told(text, '`person`, `relative`, `staff` or `reporter`.'),
  event: told(orNull(text), 'The event that names them; null for the person of the case.'),
  pointer: told(orNull(text), 'Where in its data.'),
  keys: listOf(answered('One version of a key.', { class: text, version: count, state: text })),
});
const plannedEvent = row<PlannedEvent>('An event with values that would become unreadable.', {
  eventId: text,
  type: text,
  version: count,
  values: count,
});
const plan = row<ErasurePlan>('What an erasure would destroy (删除预览). Nothing was changed.', {
  caseId: text,
  persons: listOf(text),
  classes: listOf(text),
  held: told(flag, 'A legal hold is in force: nothing would be destroyed now.'),
  underWay: orNull(answered('An erasure that is not over.', { erasureId: text, phase: text })),
  subjects: listOf(component('PlannedSubject')),
  keys: told(count, 'Versions of keys.'),
  indexRows: told(count, 'Rows of the look-up.'),
  events: listOf(component('PlannedEvent')),
  values: count,
  rows: { type: 'object', description: 'Rows of the read models, by table.', additionalProperties: count },
});

const step = row<CertifiedStep>('An event that the certificate rests on.', {
  type: text,
  eventId: text,
  stream: text,
  version: count,
  position,
  leaf: told(text, 'Leaf hash of its stored bytes (RFC 6962, SHA-256), base64url.'),
  occurredAt: moment,
  recordedAt: moment,
  agency: text,
});
const certificate = row<ErasureCertificate>('What is certified about an erasure (个人信息删除证明), from the log alone.', {
  certificate: { type: 'string', const: 'guitu erasure certificate 1' },
  caseId: text,
  erasureId: text,
  completed: told(flag, 'Whether every step was taken.'),
  persons: listOf(text),
  classes: listOf(text),
  reason: text,
  legalBasis: text,
  steps: listOf(component('CertifiedStep')),
  keys: listOf(answered('A key that was destroyed.', { subject: reference, class: text, version: count })),
  places: told(listOf(open('Where, what was done there and when.')), 'Every place where the values lay.'),
  ciphertextRemoved: flag,
});

/** What is told about erasures. */
export const privacySchemas: Readonly<Record<string, Schema>> = {
  PlannedSubject: plannedSubject,
  PlannedEvent: plannedEvent,
  ErasurePlan: plan,
  CertifiedStep: step,
  ErasureCertificate: certificate,
};
