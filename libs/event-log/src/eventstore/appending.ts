import { randomUUID } from 'node:crypto';
import { AppendTooLarge, EventIdTaken, LogUnavailable, OutcomeUnknown, VersionConflict } from '../errors';
import type { Appended, NewRecord } from '../port';
import type { KnownIds } from './known-ids';
import { isWrittenBy, recordOf, storedForm } from './stored-form';
import { unavailable } from './unavailable';
import { WireFailure, type Wire } from './wire';

/** Of one read while looking for ids. */
const idsPerPage = 1_000;

export type AppendCall = Readonly<{
  stream: string;
  expectedVersion: number;
  records: readonly NewRecord[];
  /** The first time of a record, where there is one; without it the server stamps. */
  timeOf: (record: NewRecord) => string | undefined;
  /** In the milliseconds of `performance.now()`. */
  giveUpAt: number;
}>;

/**
 * The rules of `append` on a server that compares ids only with what lies at the expected place, and would write the same ids again at the
 * head: so the stream is looked through for them first, and the append carries the exact version up to which it was.
 */
export class Appending {
  constructor(
    private readonly wire: Wire,
    private readonly known: KnownIds,
  ) {}

  /** @throws VersionConflict, EventIdTaken, AppendTooLarge, LogUnavailable, OutcomeUnknown */
  async append(call: AppendCall): Promise<Appended> {
    if (performance.now() >= call.giveUpAt) throw new LogUnavailable('deadline', 'the append waited too long and was not sent');
    const mark = randomUUID();
    const events = storedForm(call.records, { append: mark, timeOf: call.timeOf });
    const earlier = await this.earlierResult(call, mark);
    if (earlier) return earlier;
    try {
      const version = await this.wire.append(call.stream, call.expectedVersion, events, call.giveUpAt);
      return await this.resultAt(call, version, mark);
    } catch (error) {
      return this.afterFailure(call, mark, error);
    }
  }

  /** Nothing where these ids are new and the stream, as far as it is known, stands where it should. */
  private async earlierResult(call: AppendCall, mark: string): Promise<Appended | undefined> {
    const { stream, expectedVersion, records } = call;
    const standsRight = () => this.known.end(stream) === expectedVersion;
    let place = this.known.placeOf(stream, records);
    if (place.kind === 'taken' || (place.kind === 'nowhere' && !standsRight())) {
      await this.beforeSending(() => this.learn(call));
      place = this.known.placeOf(stream, records);
    }
    if (place.kind === 'there') {
      const { version } = place;
      return this.beforeSending(() => this.resultAt(call, version, mark));
    }
    if (place.kind === 'taken') throw new EventIdTaken(stream);
    if (!standsRight()) throw new VersionConflict(stream, expectedVersion, this.known.end(stream));
    return undefined;
  }

  private async beforeSending<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw unavailable(error, 'the event log did not take the append');
    }
  }

  private async learn({ stream, giveUpAt }: AppendCall): Promise<void> {
    for (;;) {
      const from = this.known.end(stream) + 1;
      const events = await this.wire.readStream(stream, from, idsPerPage, giveUpAt);
      this.known.learn(stream, from, events);
      if (events.length < idsPerPage) return;
    }
  }

  /** Reads the last record back: its time is the server's, and its mark says whether this call or an earlier one wrote it. */
  private async resultAt({ stream, records, giveUpAt }: AppendCall, version: number, mark: string): Promise<Appended> {
    const [event] = await this.wire.readStream(stream, version, 1, giveUpAt);
    if (event?.version !== version || event.id !== records.at(-1)?.id)
      throw new WireFailure('lost', 'the record was not found where it lies');
    const first = version - records.length + 1;
    this.known.learn(
      stream,
      first,
      records.map(({ id }, index) => ({ version: first + index, id })),
    );
    const { position, recordedAt } = recordOf(event);
    return { version, position, recordedAt, replayed: !isWrittenBy(event, mark) };
  }

  private async afterFailure(call: AppendCall, mark: string, error: unknown): Promise<Appended> {
    if (!(error instanceof WireFailure)) throw error;
    const { stream, expectedVersion, records } = call;
    switch (error.kind) {
      case 'wrong-version':
        return this.afterAnswer(
          call,
          mark,
          () => new VersionConflict(stream, expectedVersion, Math.max(error.number ?? 0, this.known.end(stream))),
        );
      case 'timed-out':
        return this.afterAnswer(call, mark, () => new OutcomeUnknown(stream, { cause: new Error(error.message) }));
      case 'too-large':
        throw new AppendTooLarge(
          'bytes',
          records.reduce((sum, { envelope }) => sum + envelope.length, 0),
          error.number ?? 0,
        );
      case 'unreachable':
      case 'refused':
        throw unavailable(error, 'the event log did not take the append');
      case 'lost':
      case 'deadline':
        throw new OutcomeUnknown(stream, { cause: new Error(`${error.message}, expecting version ${expectedVersion}`) });
    }
  }

  /**
   * Somebody was faster, or an earlier attempt of this very append arrived after all, even in this call: the server may try a write twice and
   * answer the second, and of two that bring the same events at once it lets one wait until it gives up. So the stream is read from its
   * beginning, and only where these ids do not lie there the answer stands.
   */
  private async afterAnswer(call: AppendCall, mark: string, otherwise: () => Error): Promise<Appended> {
    const { stream, records } = call;
    this.known.forget(stream);
    try {
      await this.learn(call);
      const place = this.known.placeOf(stream, records);
      if (place.kind === 'there') return await this.resultAt(call, place.version, mark);
      if (place.kind === 'taken') throw new EventIdTaken(stream);
    } catch (error) {
      if (error instanceof WireFailure) throw new OutcomeUnknown(stream, { cause: new Error(error.message) });
      throw error;
    }
    throw otherwise();
  }
}
