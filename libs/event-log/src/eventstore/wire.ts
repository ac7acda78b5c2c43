/** What the adapter asks of the server, in words without the client's types: the rules of the log are written against this. */
export interface Wire {
  /**
   * The plain append with an exact expectation: all events or none.
   * @param expectedVersion 0 = no stream
   * @returns the version of the last event; the server says the same when these very ids lie at that place already
   * @throws WireFailure
   */
  append(stream: string, expectedVersion: number, events: readonly WireNewEvent[], giveUpAt: number): Promise<number>;
  /** From a version on, inclusive, at most `count`; none where there is no stream. @throws WireFailure */
  readStream(stream: string, fromVersion: number, count: number, giveUpAt: number): Promise<readonly WireEvent[]>;
  /** All streams from the record at this position on, inclusive; 0 = from the beginning. @throws WireFailure */
  readAll(from: bigint, count: number, giveUpAt: number): Promise<readonly WireEvent[]>;
  /** All streams backwards from before this position; without it from the end. @throws WireFailure */
  readAllBackwards(before: bigint | undefined, count: number, giveUpAt: number): Promise<readonly WireEvent[]>;
  close(): Promise<void>;
}

export type WireNewEvent = Readonly<{ id: string; type: string; data: Uint8Array; metadata: Uint8Array }>;

export type WireEvent = Readonly<{
  stream: string;
  version: number;
  id: string;
  type: string;
  data: unknown;
  /** Parsed where it is JSON. */
  metadata: unknown;
  created: Date;
  position: bigint;
}>;

/**
 * - `wrong-version`, `too-large`, `refused`: the server said no, nothing was written
 * - `unreachable`: nothing was sent
 * - `timed-out`: the server answered that it gave up; it may have written, as it does for one of two that bring the same events at once
 * - `lost`, `deadline`: sent perhaps, and no answer came
 */
export type WireFailureKind = 'wrong-version' | 'too-large' | 'refused' | 'unreachable' | 'timed-out' | 'lost' | 'deadline';

/** Carries no object of the client and no text of the server: those may hold addresses and payloads. */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';

  constructor(
    readonly kind: WireFailureKind,
    /** The client's name for the error, and the gRPC code. */
    readonly told: string,
    /** `wrong-version`: the version of the stream. `too-large`: the server's limit in bytes. */
    readonly number?: number,
  ) {
    super(`${kind}: ${told}`);
  }
}
