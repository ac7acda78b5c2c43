import type { KeyName, KeyVersion, ProposedKey, ServiceKey, StoredKey, Subject } from './key-store';
import type { DataClass } from './sealed';

/** Runs one statement on PostgreSQL with `$1`-style values, each in a transaction of its own. */
export type Sql = Readonly<{ query<R extends object>(text: string, values?: readonly unknown[]): Promise<readonly R[]> }>;

export type SubjectRow = Readonly<{ stream: string; role: string; event: string; pointer: string; subject_ref: string }>;
export type VersionRow = Readonly<{ subject_ref: string; class: DataClass; version: number }>;
export type KeyRow = VersionRow & Readonly<{ wrapped: string | null; kek_id: string; state: StoredKey['state'] }>;
export type ServiceKeyRow = Readonly<{ purpose: string; wrapped: string; kek_id: string }>;
export type Columns = readonly (readonly unknown[])[];

/** The columns of a key as every statement here gives them. @param from name of the table in the statement */
export const keyFields = (from: string): string =>
  `${from}.subject_ref, ${from}.class, ${from}.version, encode(${from}.wrapped, 'hex') as wrapped, ${from}.kek_id, ${from}.state`;

export const toSubject = ({ subject_ref, stream, role, event, pointer }: SubjectRow): Subject => ({
  stream,
  role,
  event,
  pointer,
  subject: subject_ref,
});

export const toVersion = (row: VersionRow): KeyVersion => ({ subject: row.subject_ref, class: row.class, version: row.version });

export function toStoredKey(row: KeyRow): StoredKey {
  const key = { ...toVersion(row), kekId: row.kek_id };
  if (row.state === 'destroyed' || row.wrapped === null) return { ...key, state: 'destroyed', wrapped: null };
  return { ...key, state: row.state, wrapped: Buffer.from(row.wrapped, 'hex') };
}

export const toServiceKey = (row: ServiceKeyRow): ServiceKey => ({
  purpose: row.purpose,
  wrapped: Buffer.from(row.wrapped, 'hex'),
  kekId: row.kek_id,
});

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const nameColumns = (names: readonly KeyName[]): Columns => [names.map((key) => key.subject), names.map((key) => key.class)];

export const subjectColumns = (subjects: readonly Subject[]): Columns =>
  (['stream', 'role', 'event', 'pointer', 'subject'] as const).map((field) => subjects.map((one) => one[field]));

export const keyColumns = (keys: readonly ProposedKey[]): Columns => [
  ...nameColumns(keys),
  keys.map((key) => key.version),
  keys.map((key) => hex(key.wrapped)),
  keys.map((key) => key.kekId),
];
