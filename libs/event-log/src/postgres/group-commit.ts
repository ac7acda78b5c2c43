import { LogUnavailable, OutcomeUnknown } from '../errors';
import { maxAppendsPerGroup, takeGroup, type Decided, type Group, type Waiting } from './group';
import { WriterConnection, type Connecting } from './writer-connection';

/**
 * Every group waits for the disk once, one after another: half a group costs as long a wait as a whole one. So the first goes at once,
 * and a next one follows before the answer only when it is full; what arrives meanwhile collects.
 */
const groupsOnTheWay = 2;
const maxWaitingAppends = 10_000;
const maxWaitingBytes = 67_108_864;

/** Appends that wait in this process travel together: one statement, one round trip, one commit for all of them. */
export class GroupCommit {
  private readonly queue: Waiting[] = [];
  private waitingBytes = 0;
  private onTheWay = 0;
  private pumping: Promise<void> | undefined;
  private connection: WriterConnection | undefined;
  private scheduled = false;
  private whenIdle: (() => void)[] = [];

  constructor(
    private readonly connecting: Connecting,
    private readonly onWritten: () => void,
  ) {}

  /** Connects now rather than with the first append, so that an unsafe server is refused at the start. */
  async open(): Promise<void> {
    this.connection = await WriterConnection.open(this.connecting);
  }

  add(append: Waiting): void {
    if (this.queue.length >= maxWaitingAppends || this.waitingBytes + append.bytes > maxWaitingBytes) {
      append.settle({ kind: 'failed', error: new LogUnavailable('busy', 'too many appends wait to be written') });
      return;
    }
    this.queue.push(append);
    this.waitingBytes += append.bytes;
    this.schedule();
  }

  /** Waits until nothing waits and nothing is on its way. */
  async close(): Promise<void> {
    if (!this.isIdle()) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
    await this.connection?.end();
  }

  /** One turn of the event loop later, so that appends that were made in the same turn travel together. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.pumping ??= this.pump().finally(() => {
        this.pumping = undefined;
        if (this.mayGo()) this.schedule();
        this.tellIdle();
      });
    });
  }

  private async pump(): Promise<void> {
    while (this.mayGo()) {
      const connection = await this.usableConnection();
      const group = takeGroup(this.queue);
      for (const append of group.appends) this.waitingBytes -= append.bytes;
      if (connection instanceof WriterConnection) void this.send(connection, this.withoutLate(group));
      else failAll(group, () => connection);
    }
  }

  private mayGo(): boolean {
    if (this.onTheWay === 0) return this.queue.length > 0;
    return this.onTheWay < groupsOnTheWay && this.queue.length >= maxAppendsPerGroup;
  }

  private async usableConnection(): Promise<WriterConnection | LogUnavailable> {
    if (this.connection && !this.connection.lost) return this.connection;
    try {
      await this.open();
      return this.connection!;
    } catch (cause) {
      return new LogUnavailable('unreachable', 'the event log cannot be reached', { cause });
    }
  }

  private withoutLate(group: Group): Group {
    const now = performance.now();
    if (group.appends.every((append) => append.giveUpAt > now)) return group;
    const kept = group.appends.map((append) => append.giveUpAt > now);
    const late = group.appends.filter((_, index) => !kept[index]);
    failAll({ appends: late, waves: [] }, () => new LogUnavailable('deadline', 'the append waited too long and was not sent'));
    return { appends: group.appends.filter((_, index) => kept[index]), waves: group.waves.filter((_, index) => kept[index]) };
  }

  private async send(connection: WriterConnection, group: Group): Promise<void> {
    if (group.appends.length === 0) return;
    this.onTheWay += 1;
    try {
      settleAll(group, await connection.send(group));
      this.onWritten();
    } catch (error) {
      if (!isPlainRefusal(error)) connection.destroy();
      failAll(group, (append) => failureOf(append, error));
    } finally {
      this.onTheWay -= 1;
      if (this.queue.length > 0) this.schedule();
      this.tellIdle();
    }
  }

  private isIdle(): boolean {
    return this.queue.length === 0 && this.onTheWay === 0 && this.pumping === undefined;
  }

  private tellIdle(): void {
    if (!this.isIdle()) return;
    for (const tell of this.whenIdle.splice(0)) tell();
  }
}

function settleAll(group: Group, rows: readonly Decided[]): void {
  const byNumber = new Map(rows.map((row) => [row.append_number, row]));
  group.appends.forEach((append, index) => {
    const row = byNumber.get(index + 1);
    append.settle(row ? { kind: 'decided', row } : { kind: 'failed', error: new OutcomeUnknown(append.stream) });
  });
}

function failAll(group: Group, errorOf: (append: Waiting) => Error): void {
  for (const append of group.appends) append.settle({ kind: 'failed', error: errorOf(append) });
}

function failureOf(append: Waiting, cause: unknown): Error {
  if (!isPlainRefusal(cause)) return new OutcomeUnknown(append.stream, { cause });
  const tooLong = (cause as { code?: string }).code === '57014';
  return new LogUnavailable(tooLong ? 'deadline' : 'refused', 'the event log did not take the append', { cause });
}

/** The server itself answered that the statement failed: its transaction is rolled back. A FATAL end of the session says nothing like it. */
function isPlainRefusal(error: unknown): boolean {
  return error instanceof Error && (error as { severity?: string }).severity === 'ERROR';
}
