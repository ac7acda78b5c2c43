import type { StoredRecord } from '@guitu/event-log';
import { eventKindOf, findStreamKindOf, type AnyStreamKind, type RecordedEvent } from '@guitu/rescue';
import { detachAll } from '@guitu/personal-data';
import { parseEnvelope, type Envelope } from './envelope';

/** One event as it lies in the log, read into today's shape. Its personal values are sealed and can travel by themselves. */
export type Recorded = RecordedEvent &
  Readonly<{
    stream: string;
    version: number;
    position: bigint;
    recordedAt: string;
    envelope: Envelope;
    /** Why it was recorded late, sealed. */
    backfill: object | null;
  }>;

/** A stored shape of an event that this version does not know: a clear stop. */
export class UnknownEventVersion extends Error {
  constructor(type: string, schema: number, known: number) {
    super(`Event ${type} was stored in shape ${schema}; this version of Guitu knows shapes 1 to ${known}.`);
    this.name = 'UnknownEventVersion';
  }
}

/**
 * Reads a stored record: older shapes are lifted to today's, sealed values get their ciphertext and place.
 * @throws UnknownEventType, UnknownEventVersion, UnreadableEnvelope; nothing is ever skipped
 */
export function recordedOf(record: StoredRecord, kind: AnyStreamKind = findStreamKindOf(record.stream)): Recorded {
  const envelope = parseEnvelope(record.id, record.envelope);
  const at = { stream: record.stream, event: record.id, secrets: record.secrets };
  const data = upcast(kind, envelope.type, envelope.schema, detachAll({ ...at, data: envelope.data }));
  return {
    type: envelope.type,
    data,
    meta: { id: record.id, by: envelope.actor.agency, at: envelope.occurredAt },
    stream: record.stream,
    version: record.version,
    position: record.position,
    recordedAt: record.recordedAt,
    envelope,
    backfill: envelope.backfill === null ? null : detachAll({ ...at, data: { backfillReason: envelope.backfill } }),
  };
}

function upcast(kind: AnyStreamKind, type: string, schema: number, data: object): object {
  const past = eventKindOf(kind, type).past ?? [];
  const known = past.length + 1;
  if (!Number.isInteger(schema) || schema < 1 || schema > known) throw new UnknownEventVersion(type, schema, known);
  return past.slice(schema - 1).reduce<object>((old, lift) => lift(old as never), data);
}

/** The version of the shape in which this event is stored today. */
export const schemaVersionOf = (kind: AnyStreamKind, type: string): number => (eventKindOf(kind, type).past?.length ?? 0) + 1;
