import { Bell } from '../bell';
import { checkAppend, checkRead, checkReadAll, streamNamePattern } from '../check-call';
import { LogUnavailable } from '../errors';
import type { Appended, EventLog, NewRecord, ReadOptions, StoredRecord } from '../port';
import { Appending, type AppendCall } from './appending';
import { KnownIds } from './known-ids';
import { Lanes } from './lanes';
import { Reading } from './reading';
import type { Wire } from './wire';

export type WireLogOptions = Readonly<{ deadlineMs: number; clock: (() => string) | undefined }>;

/** The log over a wire: checks, order of the calls, bell and closing. */
export class WireLog implements EventLog {
  private readonly bell = new Bell();
  private readonly known = new KnownIds();
  private readonly lanes = new Lanes();
  private readonly appending: Appending;
  private readonly reading: Reading;
  private readonly underWay = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly wire: Wire,
    private readonly options: WireLogOptions,
  ) {
    this.appending = new Appending(wire, this.known);
    this.reading = new Reading(wire, this.known, options.deadlineMs);
  }

  append(stream: string, expectedVersion: number, records: readonly NewRecord[]): Promise<Appended> {
    const time = this.options.clock?.();
    return this.appendWithTimes(stream, expectedVersion, records, () => time);
  }

  /** Appends what another engine recorded: each record keeps its first time. */
  place(stream: string, expectedVersion: number, records: readonly StoredRecord[]): Promise<Appended> {
    const times = new Map(records.map(({ id, recordedAt }) => [id, recordedAt]));
    return this.appendWithTimes(stream, expectedVersion, records, ({ id }) => times.get(id));
  }

  async read(stream: string, options: ReadOptions = {}): Promise<readonly StoredRecord[]> {
    this.refuseWhenClosed();
    const { after, limit } = checkRead(stream, options);
    return streamNamePattern.test(stream) ? this.track(this.reading.stream(stream, after, limit)) : [];
  }

  async readAll(after: bigint, limit: number): Promise<readonly StoredRecord[]> {
    this.refuseWhenClosed();
    checkReadAll(after, limit);
    return this.track(this.reading.all(after, limit));
  }

  async head(): Promise<bigint> {
    this.refuseWhenClosed();
    return this.track(this.reading.head());
  }

  onAppended(listener: () => void): () => void {
    return this.bell.listen(listener);
  }

  close(): Promise<void> {
    return (this.closing ??= this.finish());
  }

  private async appendWithTimes(
    stream: string,
    expectedVersion: number,
    records: readonly NewRecord[],
    timeOf: (record: NewRecord) => string | undefined,
  ): Promise<Appended> {
    this.refuseWhenClosed();
    const bytes = checkAppend(stream, expectedVersion, records);
    const giveUpAt = performance.now() + this.options.deadlineMs;
    // Copied before anything is waited for: the caller may go on with its bytes.
    const kept = records.map((record) => ({ ...record, envelope: Uint8Array.from(record.envelope), secrets: { ...record.secrets } }));
    const call: AppendCall = { stream, expectedVersion, records: kept, timeOf, giveUpAt };
    const appended = await this.track(this.lanes.run(stream, bytes, () => this.appending.append(call)));
    if (!appended.replayed) this.bell.ring();
    return appended;
  }

  private async finish(): Promise<void> {
    await Promise.allSettled(this.underWay);
    await this.wire.close();
    this.bell.silence();
  }

  private async track<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  private refuseWhenClosed(): void {
    if (this.closing) throw new LogUnavailable('closed', 'the event log is closed');
  }
}
