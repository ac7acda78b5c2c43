import { Pool, type QueryConfig } from 'pg';
import { LogUnavailable } from '../errors';
import type { StoredRecord } from '../port';
import { keepAlive } from './database';
import { PageQuery } from './page-query';
import { logTypes } from './value-types';
import { sessionOptions, type Connecting } from './writer-connection';

const connectWithinMs = 5_000;
const idleConnectionMs = 60_000;
/** After the server had its chance to end the statement itself. */
const graceMs = 2_000;

const columns = `position, stream, version, event_id as id, type, schema_version as "schemaVersion", recorded_at as "recordedAt", envelope, secrets`;

const statements = {
  stream: {
    name: 'read-stream',
    text: `select ${columns} from event_log.record where stream = $1 and version > $2 order by version limit $3`,
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

  stream(name: string, after: number, limit: number): Promise<readonly StoredRecord[]> {
    return this.ask<StoredRecord>(statements.stream, [name, after, limit]);
  }

  async all(after: bigint, limit: number): Promise<readonly StoredRecord[]> {
    const page = new PageQuery(after, limit);
    await this.reachable(() => this.pool.query(page as unknown as QueryConfig)); // the pool gives it to its connection as it is
    return page.records();
  }

  async head(): Promise<bigint> {
    const rows = await this.ask<{ head: bigint }>(statements.head, []);
    return rows[0]?.head ?? 0n;
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async ask<Row extends object>(statement: { name: string; text: string }, values: unknown[]): Promise<readonly Row[]> {
    return (await this.reachable(() => this.pool.query<Row>({ ...statement, values }))).rows;
  }

  private async reachable<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      throw new LogUnavailable('unreachable', 'the event log cannot be read now', { cause });
    }
  }
}
