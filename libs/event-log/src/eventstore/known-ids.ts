import type { NewRecord } from '../port';

/** 36 characters each: about 20 MB. */
const maxKnownIds = 200_000;

/** Where the ids of an append lie in a stream: nowhere, side by side in this order up to a version, or in another company. */
export type Place = Readonly<{ kind: 'nowhere' } | { kind: 'there'; version: number } | { kind: 'taken' }>;

/**
 * The ids of the streams that were used last, from version 1 up to some version without a gap. Streams only grow, so what is known stays true;
 * it may only be less than what there is.
 */
export class KnownIds {
  private readonly streams = new Map<string, string[]>();
  private total = 0;

  constructor(private readonly limit = maxKnownIds) {}

  /** Up to which version the ids are known. */
  end(stream: string): number {
    return this.streams.get(stream)?.length ?? 0;
  }

  /** The result of one read: what it gave from `fromVersion` on, in order. Ignored where it would leave a gap. */
  learn(stream: string, fromVersion: number, events: readonly Readonly<{ version: number; id: string }>[]): void {
    const ids = this.streams.get(stream) ?? [];
    if (fromVersion > ids.length + 1) return;
    const before = ids.length;
    for (const { version, id } of events) {
      // Versions that a truncation took away: nothing has their place any more.
      while (ids.length < version - 1) ids.push('');
      if (version > ids.length) ids.push(id);
    }
    this.streams.delete(stream);
    if (ids.length > 0) this.streams.set(stream, ids);
    this.total += ids.length - before;
    this.forgetOldest(stream);
  }

  forget(stream: string): void {
    this.total -= this.end(stream);
    this.streams.delete(stream);
  }

  placeOf(stream: string, records: readonly NewRecord[]): Place {
    const ids = this.streams.get(stream) ?? [];
    const wanted = new Set(records.map(({ id }) => id));
    const found = ids.flatMap((id, index) => (wanted.has(id) ? [index] : []));
    const [first] = found;
    if (first === undefined) return { kind: 'nowhere' };
    // A run somewhere: a log that once held an id twice still knows its appends again.
    const start = found.find((at) => records.every(({ id }, index) => ids[at + index] === id));
    return start === undefined ? { kind: 'taken' } : { kind: 'there', version: start + records.length };
  }

  private forgetOldest(except: string): void {
    for (const stream of this.streams.keys()) {
      if (this.total <= this.limit) return;
      if (stream !== except) this.forget(stream);
    }
  }
}
