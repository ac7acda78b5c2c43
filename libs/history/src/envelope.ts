import { hash } from 'node:crypto';
import type { Instant, Role } from '@guitu/rescue';
import { canonicalText } from './canonical-text';

/** Who gave the command that caused an event: agency and staff number from the verified token, never a name. */
export type RecordedActor = Readonly<{ agency: string; user: string; client: string; role: Role }>;

/** The command that an event came from. `digest` is keyed: nobody finds the body by trying. */
export type RecordedCommand = Readonly<{ id: string; type: string; digest: string; index: number; count: number }>;

/**
 * What is stored and hashed of one event: canonical JSON (RFC 8785) in which every personal value is replaced by its `$enc`.
 * Position and recorded time belong to the log's record, not to these bytes. Format version 1; a new format gets a new `v`.
 */
export type Envelope = Readonly<{
  v: 1;
  /** How leaves are hashed. */
  suite: 'SHA-256';
  id: string;
  stream: string;
  /** The event's place in its stream, from 1. */
  version: number;
  type: string;
  /** The version of the event's shape, from 1. */
  schema: number;
  /** When it happened, as its recorder states: ISO 8601 with offset. */
  occurredAt: Instant;
  actor: RecordedActor;
  /** The division of the recording agency on that day, frozen. */
  division: string | null;
  command: RecordedCommand;
  /** The event of the same command, or of another stream, that brought this one about. */
  causation: string | null;
  correlation: string;
  /** Why it was recorded late, sealed. */
  backfill: object | null;
  /** The leaf of the event before it in the stream: SHA-256 of 0x00 and that envelope, base64url. Null for the first. */
  prev: string | null;
  data: object;
}>;

/** The bytes that are stored and hashed. */
export const envelopeBytes = (envelope: Envelope): Uint8Array => Buffer.from(canonicalText(envelope), 'utf8');

/** Stored bytes that are no envelope of a known format: a clear stop, never a skip. */
export class UnreadableEnvelope extends Error {
  constructor(id: string, why: string) {
    super(`Record ${id} holds no readable envelope: ${why}.`);
    this.name = 'UnreadableEnvelope';
  }
}

export function parseEnvelope(id: string, bytes: Uint8Array): Envelope {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    throw new UnreadableEnvelope(id, 'not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || (parsed as { v?: unknown }).v !== 1)
    throw new UnreadableEnvelope(id, 'unknown format version');
  return parsed as Envelope;
}

/** The leaf hash of an envelope (RFC 6962): SHA-256 over 0x00 and the stored bytes, base64url. */
export const leafOf = (bytes: Uint8Array): string => hash('sha256', Buffer.concat([leafPrefix, bytes]), 'base64url');
const leafPrefix = Uint8Array.of(0);
