import { randomUUID } from 'node:crypto';
import type { EventLog, NewRecord, StoredRecord } from '../port';

/** A name of its own for every spec, so that specs can share one log. */
export const newStream = (category = 'case'): string => `${category}-${randomUUID()}`;

export function newRecord(changes: Partial<NewRecord> = {}): NewRecord {
  return { id: randomUUID(), type: 'PersonFound', schemaVersion: 1, envelope: bytesOf('{"place":"Taicang"}'), secrets: {}, ...changes };
}

export function newRecords(count: number, changes: Partial<NewRecord> = {}): readonly NewRecord[] {
  return Array.from({ length: count }, () => newRecord(changes));
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What went in, in a form that two adapters' answers can be compared in, whatever class holds their bytes. */
export function contentOf(record: NewRecord): object {
  const { id, type, schemaVersion, secrets } = record;
  return { id, type, schemaVersion, secrets, envelope: Buffer.from(record.envelope).toString('hex') };
}

export const idsOf = (records: readonly NewRecord[]): readonly string[] => records.map((record) => record.id);

/** Follows the whole log the way every follower does: page after page from the last position seen. */
export async function readToEnd(log: EventLog, after: bigint, pageSize: number): Promise<readonly StoredRecord[]> {
  const seen: StoredRecord[] = [];
  for (;;) {
    const page = await log.readAll(seen.at(-1)?.position ?? after, pageSize);
    if (page.length === 0) return seen;
    seen.push(...page);
  }
}

/** The name of the error's class, so that an adapter cannot pass with a look-alike message. */
export async function failureOf(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('expected a failure, but it went well');
}
