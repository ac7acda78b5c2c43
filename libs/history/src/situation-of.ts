import type { EventLog } from '@guitu/event-log';
import { evolve, nothing, type AnyStreamKind, type Situation } from '@guitu/rescue';
import { leafOf } from './envelope';
import { recordedOf, type Recorded } from './recorded';

/** A stream read from the log: its events and where it stands. */
export type StreamHistory = Readonly<{
  events: readonly Recorded[];
  situation: Situation;
  /** Leaf of the last event. */ leaf: string | null;
}>;

/** The folder of a stream that does not exist yet. */
export const emptyHistory = (kind: AnyStreamKind): StreamHistory => ({ events: [], situation: nothing<unknown>(kind.initial), leaf: null });

/** A hole or a double in the versions of one stream, which no engine should ever show. */
export class BrokenStream extends Error {
  constructor(stream: string, expected: number, found: number) {
    super(`Stream ${stream} goes on with version ${found} where ${expected} was due; nothing is read past it.`);
    this.name = 'BrokenStream';
  }
}

/** Reads a stream and folds it. @throws BrokenStream, UnknownEventType, UnknownEventVersion, UnreadableEnvelope */
export async function readHistory(log: EventLog, kind: AnyStreamKind, stream: string): Promise<StreamHistory> {
  const records = await log.read(stream);
  const last = records.at(-1);
  if (last === undefined) return emptyHistory(kind);
  const events = records.map((record) => recordedOf(record, kind));
  let situation = nothing<unknown>(kind.initial);
  for (const event of events) {
    if (event.version !== situation.version + 1) throw new BrokenStream(stream, situation.version + 1, event.version);
    situation = evolve(kind, situation, event);
  }
  return { events, situation, leaf: leafOf(last.envelope) };
}
