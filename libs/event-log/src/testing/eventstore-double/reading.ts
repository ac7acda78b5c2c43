import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { nameIn } from './messages';
import type { DoubleStore, KeptEvent } from './store';

const backwards = 1;

export type ReadAnswer = Readonly<
  { kind: 'events'; events: readonly KeptEvent[] } | { kind: 'no-stream'; stream: string } | { kind: 'no-record-there' }
>;

/** Of a stream from a revision on, inclusive both ways; of everything from a position on, inclusive forwards and exclusive backwards. */
export function readIn(store: DoubleStore, options: ReadReq.Options): ReadAnswer {
  const count = Number(options.getCount());
  const isBackwards = Number(options.getReadDirection()) === backwards;
  const stream = options.getStream();
  if (stream) {
    const name = nameIn(stream.getStreamIdentifier());
    const events = store.stream(name);
    if (!events) return { kind: 'no-stream', stream: name };
    const start = stream.hasRevision() ? Number(stream.getRevision()) : stream.hasEnd() ? events.length : 0;
    return { kind: 'events', events: page(events, isBackwards ? start + 1 : start, { count, isBackwards }) };
  }
  const all = options.getAll();
  const start = all?.hasPosition() ? store.placeOf(BigInt(all.getPosition()!.getCommitPosition())) : all?.hasEnd() ? store.all.length : 0;
  return start === undefined ? { kind: 'no-record-there' } : { kind: 'events', events: page(store.all, start, { count, isBackwards }) };
}

function page(
  events: readonly KeptEvent[],
  start: number,
  { count, isBackwards }: Readonly<{ count: number; isBackwards: boolean }>,
): readonly KeptEvent[] {
  return isBackwards ? events.slice(Math.max(0, start - count), start).reverse() : events.slice(start, start + count);
}
