import type { EventKinds, StreamKind } from '../stream-kind';
import { noAudit, type Audit } from './audit';
import { personalDataReadRefused, type PersonalDataReadRefused } from './personal-data-read-refused';
import { personalDataRead, type PersonalDataRead } from './personal-data-read';
import { personalDataSearched, type PersonalDataSearched } from './personal-data-searched';

/** Everything that an audit stream records. */
export type AuditEvent = PersonalDataRead | PersonalDataReadRefused | PersonalDataSearched;

const events: EventKinds<Audit, AuditEvent> = {
  PersonalDataRead: personalDataRead,
  PersonalDataReadRefused: personalDataReadRefused,
  PersonalDataSearched: personalDataSearched,
};

/** Who read which personal data, what for (访问审计). Each process writes streams of its own; no command reaches them. */
export const auditStream: StreamKind<Audit, AuditEvent, never> = {
  category: 'audit',
  collection: 'audits',
  zh: '访问审计',
  bookkeeping: true,
  initial: noAudit,
  events,
  commands: {},
  duties: [],
};
