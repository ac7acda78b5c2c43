import { Pool, type QueryConfig } from 'pg';
import { LogUnavailable } from '../errors';
import type { StoredRecord } from '../port';
import { keepAlive } from './database';
import { secretsOf } from './binary-rows';
import { PageQuery } from './page-query';
import { logTypes } from './value-types';
import { sessionOptions, type Connecting } from './writer-connection';

const connectWithinMs = 5_000;
const idleConnectionMs = 60_000;
/** After the server had its chance to end the statement itself. */
const graceMs = 2_000;

/** Envelopes as base64: as bytea the driver would get two digits of text for every byte. Rows are lists, which it makes faster than objects. */
type StreamRow = readonly [bigint, number, string, string, number, string, envelope: string, secrets: string];

const statements = {
  stream: {
    name: 'read-stream',
    text: `select position, version, event_id, type, schema_version, recorded_at, encode(envelope, 'base64'), secrets::text
      from event_log.record where stream = $1 and version > $2 order by version limit $3`,
    rowMode: 'array',
  },
  head: { name: 'head', text: `select coalesce(max(position), 0) as head from event_log.record` },
} as const;

/** Reads over a few connections. Readers take no lock: positions become visible in their order, and that is all they need. */
export class Reader {
  private readonly pool: Pool;

  constructor({ connectionString, deadlineMs }: Connecting, poolSize: number) {
    this.pool = new Pool({
      connectionString,
      max: poolSize,
      connectionTimeoutMillis: connectWithinMs,
      idleTimeoutMillis: idleConnectionMs,
      statement_timeout: deadlineMs,
      query_timeout: deadlineMs + graceMs,
      application_name: 'guitu-read',
      options: `${sessionOptions} -c default_transaction_read_only=on`,
      types: logTypes,
    });
    keepAlive(this.pool);
  }

  async stream(name: string, after: number, limit: number): Promise<readonly StoredRecord[]> {
    const query = { ...statements.stream, values: [name, after, limit] };
    const { rows } = await this.reachable(() => this.pool.query<[...StreamRow]>(query));
    return rows.map((row) => recordOf(name, row));
  }

  async all(after: bigint, limit: number): Promise<readonly StoredRecord[]> {
    const page = new PageQuery(after, limit);
    await this.reachable(() => this.pool.query(page as unknown as QueryConfig)); // the pool gives it to its connection as it is
    return page.records();
  }

  async head(): Promise<bigint> {
    const { rows } = await this.reachable(() => this.pool.query<{ head: bigint }>(statements.head));
    return rows[0]?.head ?? 0n;
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async reachable<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      throw new LogUnavailable('unreachable', 'the event log cannot be read now', { cause });
    }
  }
}

function recordOf(stream: string, row: StreamRow): StoredRecord {
  const [position, version, id, type, schemaVersion, recordedAt, envelope, secrets] = row;
  const bytes = Buffer.from(envelope, 'base64');
  return { position, stream, version, id, type, schemaVersion, recordedAt, envelope: bytes, secrets: secretsOf(secrets) };
}
