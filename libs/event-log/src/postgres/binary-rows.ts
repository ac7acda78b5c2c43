import type { StoredRecord } from '../port';

/** `PGCOPY\n`, 0xff, `\r\n`, zero; then flags and the length of an extension, both zero in every version so far. */
const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const headerBytes = signature.length + 8;
const columnCount = 9;
const endOfData = -1;
/** PostgreSQL counts microseconds from 2000-01-01T00:00:00Z. */
const epochMs = 946_684_800_000;
const microsecondsPerMs = 1_000n;

/**
 * Decodes binary COPY of position, stream, version, event_id, type, schema_version, recorded_at, envelope, secrets. Every envelope is a copy
 * of its own: who keeps one record does not keep its page.
 * @throws Error when the bytes are anything else
 */
export function recordsOf(page: Buffer): readonly StoredRecord[] {
  if (page.compare(signature, 0, signature.length, 0, signature.length) !== 0) throw new Error('the page is no binary copy of PostgreSQL');
  const records: StoredRecord[] = [];
  const rows = new Rows(page, headerBytes + page.readInt32BE(headerBytes - 4));
  for (let columns = rows.int16(); columns !== endOfData; columns = rows.int16()) {
    if (columns !== columnCount) throw new Error(`a row of the page has ${columns} columns, not ${columnCount}`);
    records.push(rows.record());
  }
  return records;
}

/** Reads one column after another. A column is its length in 4 bytes and its value; none of ours is null. */
class Rows {
  constructor(
    private readonly page: Buffer,
    private at: number,
  ) {}

  record(): StoredRecord {
    const position = this.int8();
    const stream = this.ascii();
    const version = this.int4();
    const id = this.uuid();
    const type = this.ascii();
    const schemaVersion = this.int4();
    const recordedAt = new Date(epochMs + Number(this.int8() / microsecondsPerMs)).toISOString();
    const envelope = Buffer.from(this.bytes());
    const secrets = secretsOf(this.jsonb());
    return { position, stream, version, id, type, schemaVersion, recordedAt, envelope, secrets };
  }

  int16(): number {
    this.at += 2;
    return this.page.readInt16BE(this.at - 2);
  }

  private int4(): number {
    this.at += 8;
    return this.page.readInt32BE(this.at - 4);
  }

  private int8(): bigint {
    this.at += 12;
    return this.page.readBigInt64BE(this.at - 8);
  }

  /** Names of streams and types hold nothing else. */
  private ascii(): string {
    const length = this.page.readInt32BE(this.at);
    const start = this.at + 4;
    this.at = start + length;
    return this.page.toString('latin1', start, this.at);
  }

  private uuid(): string {
    this.at += 20;
    const digits = this.page.toString('hex', this.at - 16, this.at);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
  }

  /** One byte of its format version, then the text. */
  private jsonb(): string {
    return this.bytes().toString('utf8', 1);
  }

  private bytes(): Buffer {
    const length = this.page.readInt32BE(this.at);
    const start = this.at + 4;
    this.at = start + length;
    return this.page.subarray(start, this.at);
  }
}

/** The JSON text as PostgreSQL writes it. Most records have none. */
export function secretsOf(text: string): Readonly<Record<string, string>> {
  return text === '{}' ? {} : (JSON.parse(text) as Record<string, string>);
}
