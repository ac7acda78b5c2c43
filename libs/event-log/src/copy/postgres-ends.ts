import { Client } from 'pg';
import { LogUnavailable } from '../errors';
import type { StoredRecord } from '../port';
import { checkMigrated } from '../postgres/check-store';
import { openDatabase, type Database } from '../postgres/database';
import { Reader } from '../postgres/reader';
import type { CopySource, CopyTarget } from './ends';
import { TargetInUse } from './errors';

const connectWithinMs = 10_000;
const deadlineMs = 60_000;
const readers = 1;
/** Envelopes of one statement; as text they are twice as long. */
const bytesPerStatement = 16_777_216;

/** With any login that may read the log, also that of a replica. @throws StoreNotMigrated, LogUnavailable */
export async function openPostgresSource(connectionString: string): Promise<CopySource> {
  await checkSchema(connectionString);
  return sourceOf(new Reader({ connectionString, deadlineMs }, readers));
}

/** With a login that is a member of guitu_owner, or a superuser. @throws StoreNotMigrated, LogUnavailable */
export async function openPostgresTarget(connectionString: string): Promise<CopyTarget> {
  await checkSchema(connectionString);
  const database = openDatabase({ connectionString, poolSize: 1, statementTimeoutMs: deadlineMs });
  const reader = new Reader({ connectionString, deadlineMs }, readers);
  let head: bigint | undefined;
  return {
    ...sourceOf(reader),
    place: async (records) => {
      for (const some of inStatements(records)) head = await placeAfter(database, head ?? (await reader.head()), some);
    },
    close: async () => {
      await reader.close();
      await database.close();
    },
  };
}

const sourceOf = (reader: Reader): CopySource => ({
  readAll: (after, limit) => reader.all(after, limit),
  close: () => reader.close(),
});

async function checkSchema(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: connectWithinMs, statement_timeout: deadlineMs });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await checkMigrated(client);
  } finally {
    await client.end();
  }
}

function inStatements(records: readonly StoredRecord[]): readonly (readonly StoredRecord[])[] {
  const statements: StoredRecord[][] = [[]];
  let bytes = 0;
  for (const record of records) {
    bytes += record.envelope.length;
    if (bytes > bytesPerStatement && statements.at(-1)!.length > 0) {
      statements.push([]);
      bytes = record.envelope.length;
    }
    statements.at(-1)!.push(record);
  }
  return statements;
}

/** SQLSTATE of `import_records` where the log does not stand where it should, and of an id or a version that is there already. */
const inUse: ReadonlySet<unknown> = new Set(['40001', '23000', '23505']);

async function placeAfter(database: Database, head: bigint, records: readonly StoredRecord[]): Promise<bigint> {
  try {
    const rows = await database.query<{ head: bigint }>(
      `select event_log.import_records($1, $2, $3, $4, $5, $6, $7::timestamptz[], $8, $9::jsonb[]) as head`,
      [head, ...columnsOf(records)],
    );
    return rows[0]!.head;
  } catch (cause) {
    const { code } = Object(cause) as { code?: unknown };
    if (inUse.has(code)) throw new TargetInUse('somebody else writes to the target of the copy, or an id is in it already');
    if (code === '42501') throw cause;
    throw new LogUnavailable('unreachable', 'the target of the copy did not take the records', { cause });
  }
}

const columnsOf = (records: readonly StoredRecord[]): readonly unknown[] => [
  records.map(({ stream }) => stream),
  records.map(({ version }) => version),
  records.map(({ id }) => id),
  records.map(({ type }) => type),
  records.map(({ schemaVersion }) => schemaVersion),
  records.map(({ recordedAt }) => recordedAt),
  records.map(({ envelope }) => Buffer.from(envelope)),
  records.map(({ secrets }) => JSON.stringify(secrets)),
];
