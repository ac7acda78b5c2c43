import {
  EventIdTaken,
  LogUnavailable,
  VersionConflict,
  type Appended,
  type EventLog,
  type NewRecord,
  type ReadOptions,
  type StoredRecord,
} from '@guitu/event-log';
import { checkAppend, checkRead, checkReadAll } from '../../libs/event-log/src/check-call';

/** What two naive stores of events have in common: a list, and no idea of what may come twice. */
abstract class NaiveLog implements EventLog {
  protected readonly all: StoredRecord[] = [];
  private closed = false;

  protected abstract findEarlier(stream: string, records: readonly NewRecord[]): StoredRecord | undefined;

  async append(stream: string, expectedVersion: number, records: readonly NewRecord[]): Promise<Appended> {
    this.refuseWhenClosed();
    checkAppend(stream, expectedVersion, records);
    const earlier = this.findEarlier(stream, records);
    if (earlier !== undefined) return { ...placeOf(earlier), replayed: true };
    const own = this.all.filter((record) => record.stream === stream);
    if (own.length !== expectedVersion) throw new VersionConflict(stream, expectedVersion, own.length);
    const recordedAt = new Date().toISOString();
    records.forEach((record, index) =>
      this.all.push({ ...copyOf(record), stream, version: own.length + index + 1, position: BigInt(this.all.length + 1), recordedAt }),
    );
    return { ...placeOf(this.all.at(-1)!), replayed: false };
  }

  async read(stream: string, options: ReadOptions = {}): Promise<readonly StoredRecord[]> {
    this.refuseWhenClosed();
    const { after, limit } = checkRead(stream, options);
    return this.all
      .filter((record) => record.stream === stream && record.version > after)
      .slice(0, limit)
      .map(copyOf);
  }

  async readAll(after: bigint, limit: number): Promise<readonly StoredRecord[]> {
    this.refuseWhenClosed();
    checkReadAll(after, limit);
    return this.all
      .filter(({ position }) => position > after)
      .slice(0, limit)
      .map(copyOf);
  }

  async head(): Promise<bigint> {
    this.refuseWhenClosed();
    return BigInt(this.all.length);
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new LogUnavailable('closed', 'the event log is closed');
  }
}

const copyOf = <R extends NewRecord>(record: R): R => ({
  ...record,
  envelope: Uint8Array.from(record.envelope),
  secrets: { ...record.secrets },
});
const placeOf = ({ version, position, recordedAt }: StoredRecord) => ({ version, position, recordedAt });

/** Compares the ids of an append with the newest records of the stream only, as a store does that remembers its last answer. */
export class HeadComparingLog extends NaiveLog {
  protected findEarlier(stream: string, records: readonly NewRecord[]): StoredRecord | undefined {
    const newest = this.all.filter((record) => record.stream === stream).slice(-records.length);
    return newest.length === records.length && newest.every(({ id }, index) => id === records[index]?.id) ? newest.at(-1) : undefined;
  }
}

/** Finds earlier ids well, but numbers what it reads of a stream from 1, wherever the reader wanted to go on. */
export class RenumberingLog extends NaiveLog {
  protected findEarlier(stream: string, records: readonly NewRecord[]): StoredRecord | undefined {
    const found = records.map(({ id }) => this.all.find((record) => record.id === id));
    if (found.every((record) => record === undefined)) return undefined;
    if (found.some((record, index) => record?.stream !== stream || record.version !== found[0]!.version + index))
      throw new EventIdTaken(stream);
    return found.at(-1);
  }

  override async read(stream: string, options?: ReadOptions): Promise<readonly StoredRecord[]> {
    return (await super.read(stream, options)).map((record, index) => ({ ...record, version: index + 1 }));
  }
}
