import { Pool, type PoolClient, type QueryResult } from 'pg';
import { databaseTypes } from './value-types';

/** One statement with `$1`, `$2` …; without values also several statements, of which the last one answers. */
export type Query = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** A small pool of connections. int8 comes as bigint, `date` and `timestamp` as text, `timestamptz` as Date. */
export interface Database {
  readonly query: Query;
  /** All of the work or none of it. An error of the work rolls back and is thrown on. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type DatabaseOptions = Readonly<{
  connectionString: string;
  poolSize: number;
  /** A statement that takes longer is ended by the server. Default: 30 s. */
  statementTimeoutMs?: number;
}>;

const connectWithinMs = 10_000;
const idleConnectionMs = 30_000;
const defaultStatementTimeoutMs = 30_000;

export function openDatabase(options: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.poolSize,
    connectionTimeoutMillis: connectWithinMs,
    idleTimeoutMillis: idleConnectionMs,
    statement_timeout: options.statementTimeoutMs ?? defaultStatementTimeoutMs,
    application_name: 'guitu',
    types: databaseTypes,
  });
  keepAlive(pool);
  let closing: Promise<void> | undefined;
  return {
    query: (text, values) => ask(pool, text, values),
    transaction: (work) => inTransaction(pool, work),
    close: () => (closing ??= pool.end()),
  };
}

/** A lost connection is an event without a listener otherwise, and ends the process. Whoever uses the connection gets its error anyway. */
export function keepAlive(pool: Pool): void {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
}

async function ask<Row extends object>(on: Pool | PoolClient, text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
  const result: QueryResult | QueryResult[] = values?.length ? await on.query(text, [...values]) : await on.query(text);
  return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? [];
}

async function inTransaction<T>(pool: Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work((text, values) => ask(client, text, values));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}
