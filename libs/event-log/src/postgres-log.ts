import { Client } from 'pg';
import { Bell } from './bell';
import { checkAppend, checkRead, checkReadAll, streamNamePattern } from './check-call';
import { EventIdTaken, LogUnavailable, VersionConflict } from './errors';
import type { Appended, EventLog, NewRecord, ReadOptions, StoredRecord } from './port';
import { checkMigrated, checkSafe } from './postgres/check-store';
import type { Decided, Outcome } from './postgres/group';
import { GroupCommit } from './postgres/group-commit';
import { Reader } from './postgres/reader';

export type PostgresLogOptions = Readonly<{
  /** With a login that is a member of guitu_log and owns nothing. */
  connectionString: string;
  /** ISO 8601, UTC, milliseconds: a clock moved by hand, for sandboxes only. Without it the server's own clock stamps. */
  clock?: () => string;
  /** How long one statement, and before it the wait in the queue, may take. Default: 10 s. */
  deadlineMs?: number;
  /** Connections for reading. Default: 4. */
  readers?: number;
}>;

const defaultDeadlineMs = 10_000;
const defaultReaders = 4;

/**
 * The log on PostgreSQL, after its migrations were run (`eventLogMigrations`).
 * @throws StoreNotDurable, StoreNotSafe, StoreNotMigrated
 */
export async function openPostgresLog(options: PostgresLogOptions): Promise<EventLog> {
  const { connectionString, deadlineMs = defaultDeadlineMs } = options;
  await checkStore(connectionString);
  const bell = new Bell();
  const commits = new GroupCommit({ connectionString, deadlineMs }, () => bell.ring());
  await commits.open();
  const reader = new Reader({ connectionString, deadlineMs }, options.readers ?? defaultReaders);
  return new PostgresLog({ commits, reader, bell, deadlineMs, clock: options.clock });
}

async function checkStore(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: defaultDeadlineMs, statement_timeout: defaultDeadlineMs });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await checkMigrated(client);
    await checkSafe(client);
  } finally {
    await client.end();
  }
}

type Parts = Readonly<{ commits: GroupCommit; reader: Reader; bell: Bell; deadlineMs: number; clock: (() => string) | undefined }>;

class PostgresLog implements EventLog {
  private closing: Promise<void> | undefined;

  constructor(private readonly parts: Parts) {}

  async append(stream: string, expectedVersion: number, records: readonly NewRecord[]): Promise<Appended> {
    this.refuseWhenClosed();
    const bytes = checkAppend(stream, expectedVersion, records);
    const time = this.parts.clock?.();
    const giveUpAt = performance.now() + this.parts.deadlineMs;
    const outcome = await new Promise<Outcome>((settle) => {
      this.parts.commits.add({ stream, expectedVersion, records, bytes, time, giveUpAt, settle });
    });
    if (outcome.kind === 'failed') throw outcome.error;
    return appendedOrThrow(stream, expectedVersion, outcome.row);
  }

  async read(stream: string, options: ReadOptions = {}): Promise<readonly StoredRecord[]> {
    this.refuseWhenClosed();
    const { after, limit } = checkRead(stream, options);
    return streamNamePattern.test(stream) ? this.parts.reader.stream(stream, after, limit) : [];
  }

  async readAll(after: bigint, limit: number): Promise<readonly StoredRecord[]> {
    this.refuseWhenClosed();
    checkReadAll(after, limit);
    return this.parts.reader.all(after, limit);
  }

  async head(): Promise<bigint> {
    this.refuseWhenClosed();
    return this.parts.reader.head();
  }

  onAppended(listener: () => void): () => void {
    return this.parts.bell.listen(listener);
  }

  close(): Promise<void> {
    return (this.closing ??= this.finish());
  }

  private async finish(): Promise<void> {
    await this.parts.commits.close();
    await this.parts.reader.close();
    this.parts.bell.silence();
  }

  private refuseWhenClosed(): void {
    if (this.closing) throw new LogUnavailable('closed', 'the event log is closed');
  }
}

function appendedOrThrow(stream: string, expectedVersion: number, row: Decided): Appended {
  switch (row.verdict) {
    case 'conflict':
      throw new VersionConflict(stream, expectedVersion, row.version);
    case 'taken':
      throw new EventIdTaken(stream);
    case 'written':
    case 'replayed':
      return { version: row.version, position: row.position!, recordedAt: row.recorded_at!, replayed: row.verdict === 'replayed' };
  }
}
