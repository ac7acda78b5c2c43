import { randomUUID } from 'node:crypto';
import type { NewRecord } from '@guitu/event-log';
import type { Keyring } from '@guitu/personal-data';
import { auditStream, type Actor, type AnyStreamKind, type AuditEvent, type World } from '@guitu/rescue';
import { canonicalText } from './canonical-text';
import { eventId } from './command-id';
import { recordOf } from './sealing';

/** What an audit stream records of one answer: the event, and who asked. */
export type AuditEntry = AuditEvent & Readonly<{ by: Actor }>;

type Where = Readonly<{
  stream: string;
  /** The stream's version and last leaf before the entry. */
  version: number;
  prev: string | null;
  world: World;
  keyring: Pick<Keyring, 'digest'>;
}>;

const kind = auditStream as AnyStreamKind;

/** An entry as a record like any other: the same envelope, chained to the one before. It holds no personal value, so nothing is sealed. */
export function auditRecord({ type, data, by }: AuditEntry, { stream, version, prev, world, keyring }: Where): NewRecord {
  const commandId = randomUUID();
  const at = world.now;
  const event = { type, data, meta: { id: eventId(commandId, 0), by: by.agency, at } };
  const command = { type: commandOf[type], data, by, at };
  const digest = keyring.digest(canonicalText(data));
  const batch = { kind, stream, version, prev, command, commandId, digest, world, events: [event] };
  return recordOf(batch, { event, index: 0, prev, sealed: { data, secrets: {} }, backfill: undefined });
}

/** No command stands behind an entry; the envelope says what brought it about. */
const commandOf: { readonly [T in AuditEvent['type']]: string } = {
  PersonalDataRead: 'RecordPersonalDataRead',
  PersonalDataReadRefused: 'RecordPersonalDataReadRefused',
  PersonalDataSearched: 'RecordPersonalDataSearched',
};

/** What the record counts towards the bytes of an append. */
export const bytesOf = ({ envelope }: NewRecord): number => envelope.length + bytesBeside;
/** More than any engine counts for ids, names and framing. */
const bytesBeside = 1_024;
