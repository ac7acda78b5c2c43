import { AppendTooLarge, ForeignRecord } from '../errors';
import { eventTypePattern, maxBytesPerAppend, streamNamePattern } from '../check-call';
import type { NewRecord, StoredRecord } from '../port';
import type { WireEvent, WireNewEvent } from './wire';

/** Beside the envelope in every event of ours. Whatever lacks it belongs to somebody else. */
type Mark = Readonly<{
  schemaVersion: number;
  /** Which call wrote it: the server answers a repetition as it answered the first, and only this tells one from the other. */
  append: string;
  /** The first time, where the record came from another engine or the clock is moved by hand. Otherwise the server's `created` counts. */
  recordedAt?: string;
  secrets?: Readonly<Record<string, string>>;
}>;

/** `time`: for each record its own, or none where the server stamps. */
export type Stamp = Readonly<{ append: string; timeOf: (record: NewRecord) => string | undefined }>;

/**
 * The envelope is the event's data as it is: a binary event, because the client would parse JSON and write it anew. All else is JSON metadata.
 * @throws AppendTooLarge
 */
export function storedForm(records: readonly NewRecord[], stamp: Stamp): readonly WireNewEvent[] {
  const events = records.map((record) => eventOf(record, stamp));
  const bytes = events.reduce((sum, event) => sum + bytesAtServer(event), 0);
  if (bytes > maxBytesPerAppend) throw new AppendTooLarge('bytes', bytes, maxBytesPerAppend);
  return events;
}

function eventOf(record: NewRecord, { append, timeOf }: Stamp): WireNewEvent {
  const { id, type, schemaVersion, envelope, secrets } = record;
  const recordedAt = timeOf(record);
  const mark: Mark = {
    schemaVersion,
    append,
    ...(recordedAt === undefined ? {} : { recordedAt }),
    ...(Object.keys(secrets).length === 0 ? {} : { secrets }),
  };
  // Copied now: the caller may go on with its bytes while the append still waits.
  return { id, type, data: Uint8Array.from(envelope), metadata: new TextEncoder().encode(JSON.stringify({ guitu: mark })) };
}

/** As the server counts an event against its limit. */
const bytesAtServer = ({ data, metadata, type }: WireNewEvent): number => data.length + metadata.length + 2 * type.length;

export const isOurs = (event: WireEvent): boolean => streamNamePattern.test(event.stream) && markOf(event) !== undefined;

/** @throws ForeignRecord */
export function recordOf(event: WireEvent): StoredRecord {
  const mark = markOf(event);
  if (mark === undefined) throw new ForeignRecord(event.stream, event.version);
  const { stream, version, position, id, type, data, created } = event;
  const { schemaVersion, recordedAt = created.toISOString(), secrets = {} } = mark;
  return { stream, version, position, id, type, schemaVersion, recordedAt, envelope: data as Uint8Array, secrets };
}

/** Whether this call wrote the event. */
export const isWrittenBy = (event: WireEvent, append: string): boolean => markOf(event)?.append === append;

function markOf({ metadata, data, type }: WireEvent): Mark | undefined {
  const { guitu } = Object(metadata) as { guitu?: Partial<Mark> };
  if (typeof guitu !== 'object' || guitu === null || !(data instanceof Uint8Array) || !eventTypePattern.test(type)) return undefined;
  return Number.isInteger(guitu.schemaVersion) && typeof guitu.append === 'string' ? (guitu as Mark) : undefined;
}
