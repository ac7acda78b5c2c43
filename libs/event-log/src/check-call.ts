import { AppendTooLarge, InvalidAppend, InvalidRead } from './errors';
import type { NewRecord, ReadOptions } from './port';

export const maxRecordsPerAppend = 500;
/** In all: envelopes, secrets as JSON, and `bytesCountedPerRecord` for each record. What EventStoreDB takes by default in one append. */
export const maxBytesPerAppend = 1_048_576;
/** Ids, names and the engine's framing. */
export const bytesCountedPerRecord = 512;
export const maxRecordsPerPage = 10_000;
/** Versions and schema versions are 32-bit integers on PostgreSQL. */
const largestVersion = 2_147_483_647;

export const streamNamePattern = /^[a-z][a-z0-9-]*-[A-Za-z0-9][A-Za-z0-9-]{0,79}$/;
const longestStreamName = 160;
export const eventTypePattern = /^[A-Za-z][A-Za-z0-9_.:/-]{0,119}$/;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const printableAscii = /^[\x20-\x7e]*$/;

/** Refuses what no engine may get to see. Every adapter calls it first. Returns the bytes that the append counts. */
export function checkAppend(stream: string, expectedVersion: number, records: readonly NewRecord[]): number {
  checkStreamName(stream);
  if (!isWhole(expectedVersion, 0, largestVersion - maxRecordsPerAppend))
    throw new InvalidAppend(`${expectedVersion} is no expected version`);
  if (records.length === 0) throw new InvalidAppend('an append carries at least one record');
  if (records.length > maxRecordsPerAppend) throw new AppendTooLarge('records', records.length, maxRecordsPerAppend);
  let bytes = 0;
  for (const record of records) bytes += checkRecord(record);
  if (bytes > maxBytesPerAppend) throw new AppendTooLarge('bytes', bytes, maxBytesPerAppend);
  if (new Set(records.map((record) => record.id)).size < records.length) throw new InvalidAppend('an append carries every event id once');
  return bytes;
}

/** Throws InvalidAppend; for reads, a bad name is a stream that cannot exist. */
function checkStreamName(stream: string): void {
  if (typeof stream !== 'string' || stream.length > longestStreamName || !streamNamePattern.test(stream)) {
    throw new InvalidAppend(`${JSON.stringify(stream)} is no stream name`);
  }
}

function checkRecord(record: NewRecord): number {
  if (typeof record.id !== 'string' || !uuidPattern.test(record.id))
    throw new InvalidAppend(`${JSON.stringify(record.id)} is no lower-case uuid`);
  if (typeof record.type !== 'string' || !eventTypePattern.test(record.type))
    throw new InvalidAppend(`${JSON.stringify(record.type)} is no event type`);
  if (!isWhole(record.schemaVersion, 1, largestVersion)) throw new InvalidAppend(`${record.schemaVersion} is no schema version`);
  if (!(record.envelope instanceof Uint8Array) || record.envelope.length === 0) throw new InvalidAppend('an envelope is at least one byte');
  let bytes = record.envelope.length + bytesCountedPerRecord;
  for (const [digest, ciphertext] of Object.entries(record.secrets)) {
    if (!isPrintable(digest) || !isPrintable(ciphertext)) throw new InvalidAppend('a secret and its digest are printable ASCII');
    bytes += bytesAsJson(digest) + bytesAsJson(ciphertext);
  }
  return bytes;
}

/** Of printable ASCII: two quotes, a colon or comma behind it, and a backslash before every quote and backslash. */
function bytesAsJson(text: string): number {
  return text.length + 3 + (/["\\]/.test(text) ? text.length - text.replace(/["\\]/g, '').length : 0);
}

export function checkRead(stream: string, options: ReadOptions): Required<ReadOptions> {
  const { after = 0, limit = largestVersion } = options;
  if (typeof stream !== 'string') throw new InvalidRead('a stream name is a text');
  if (!isWhole(after, 0, largestVersion)) throw new InvalidRead(`${after} is no version to read after`);
  if (options.limit !== undefined) checkPageLimit(limit);
  return { after, limit };
}

const largestPosition = 9_223_372_036_854_775_807n;

export function checkReadAll(after: bigint, limit: number): void {
  if (typeof after !== 'bigint' || after < 0n || after > largestPosition) throw new InvalidRead(`${after} is no position to read after`);
  checkPageLimit(limit);
}

function checkPageLimit(limit: number): void {
  if (!isWhole(limit, 1, maxRecordsPerPage)) throw new InvalidRead(`a page holds 1 to ${maxRecordsPerPage} records, not ${limit}`);
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function isPrintable(value: unknown): boolean {
  return typeof value === 'string' && printableAscii.test(value);
}
