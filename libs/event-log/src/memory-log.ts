import { Bell } from './bell';
import { checkAppend, checkRead, checkReadAll } from './check-call';
import { EventIdTaken, LogUnavailable, VersionConflict } from './errors';
import type { Appended, EventLog, NewRecord, ReadOptions, StoredRecord } from './port';

export type MemoryLogOptions = Readonly<{
  /** ISO 8601, UTC, milliseconds; a hand-moved clock in specs and sandboxes. */ clock?: () => string;
}>;

/** The log of specs: every rule of the port, nothing survives the process. */
export function openMemoryLog(options: MemoryLogOptions = {}): EventLog {
  return new MemoryLog(options.clock ?? (() => new Date().toISOString()));
}

class MemoryLog implements EventLog {
  private readonly all: StoredRecord[] = [];
  private readonly streams = new Map<string, StoredRecord[]>();
  private readonly byId = new Map<string, StoredRecord>();
  private readonly bell = new Bell();
  private closed = false;

  constructor(private readonly clock: () => string) {}

  async append(stream: string, expectedVersion: number, records: readonly NewRecord[]): Promise<Appended> {
    this.refuseWhenClosed();
    checkAppend(stream, expectedVersion, records);
    const before = this.findEarlier(stream, records);
    if (before) return { version: before.version, position: before.position, recordedAt: before.recordedAt, replayed: true };
    const actual = this.streams.get(stream)?.length ?? 0;
    if (actual !== expectedVersion) throw new VersionConflict(stream, expectedVersion, actual);
    const last = this.write(stream, records);
    this.bell.ring();
    return { version: last.version, position: last.position, recordedAt: last.recordedAt, replayed: false };
  }

  async read(stream: string, options: ReadOptions = {}): Promise<readonly StoredRecord[]> {
    this.refuseWhenClosed();
    const { after, limit } = checkRead(stream, options);
    return (this.streams.get(stream) ?? []).slice(after, after + limit).map(copyOf);
  }

  async readAll(after: bigint, limit: number): Promise<readonly StoredRecord[]> {
    this.refuseWhenClosed();
    checkReadAll(after, limit);
    const start = after > BigInt(this.all.length) ? this.all.length : Number(after);
    return this.all.slice(start, start + limit).map(copyOf);
  }

  async head(): Promise<bigint> {
    this.refuseWhenClosed();
    return BigInt(this.all.length);
  }

  onAppended(listener: () => void): () => void {
    return this.bell.listen(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.bell.silence();
  }

  /** The last record of an earlier append of the same ids; nothing when all of them are new. */
  private findEarlier(stream: string, records: readonly NewRecord[]): StoredRecord | undefined {
    const found = records.map((record) => this.byId.get(record.id));
    if (found.every((record) => record === undefined)) return undefined;
    const first = found[0]?.version ?? 0;
    const sameRun = found.every((record, index) => record?.stream === stream && record.version === first + index);
    if (!sameRun) throw new EventIdTaken(stream);
    return found.at(-1);
  }

  private write(stream: string, records: readonly NewRecord[]): StoredRecord {
    const own = this.streams.get(stream) ?? [];
    this.streams.set(stream, own);
    const recordedAt = this.clock();
    for (const record of records) {
      const place = { stream, version: own.length + 1, position: BigInt(this.all.length + 1), recordedAt };
      const stored = copyOf({ ...record, ...place });
      own.push(stored);
      this.all.push(stored);
      this.byId.set(stored.id, stored);
    }
    return own.at(-1)!;
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new LogUnavailable('closed', 'the event log is closed');
  }
}

/** Bytes are copied both ways, so that nobody holds a handle on what is recorded. */
function copyOf(record: StoredRecord): StoredRecord {
  const { id, type, schemaVersion, stream, version, position, recordedAt } = record;
  return {
    id,
    type,
    schemaVersion,
    stream,
    version,
    position,
    recordedAt,
    envelope: Uint8Array.from(record.envelope),
    secrets: { ...record.secrets },
  };
}
