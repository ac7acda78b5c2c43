/** Another record came first, or the stream is not where the caller thought. Nothing was written. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';

  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`stream ${stream} is at version ${actual}, not ${expected}`);
  }
}

/** Some of the ids are recorded already, in another stream or beside other records: no retry, a mistake. Nothing was written. */
export class EventIdTaken extends Error {
  override readonly name = 'EventIdTaken';

  constructor(readonly stream: string) {
    super(`an event id of this append to ${stream} is already recorded elsewhere or beside other events`);
  }
}

export type UnavailableReason = 'closed' | 'busy' | 'unreachable' | 'deadline' | 'refused';

/** The log could not do it now. Nothing was written by this call; it may be tried again later. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';

  constructor(
    readonly reason: UnavailableReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The connection was lost, or the deadline passed, after the request had been sent. The same append again tells what happened. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(
    readonly stream: string,
    options?: ErrorOptions,
  ) {
    super(`it is not known whether the append to ${stream} was written`, options);
  }
}

/** More records or bytes than one append may carry. Nothing was sent. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';

  constructor(
    readonly unit: 'records' | 'bytes',
    readonly actual: number,
    readonly limit: number,
  ) {
    super(`an append carries at most ${limit} ${unit}, not ${actual}`);
  }
}

/** A mistake of the program: the append could never be right. Nothing was sent. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';
}

/** A mistake of the program: the page asked for cannot exist. */
export class InvalidRead extends Error {
  override readonly name = 'InvalidRead';
}

/** The address of an EventStoreDB is wrong. The message never repeats it: it may hold a password. */
export class WrongEventStoreUrl extends Error {
  override readonly name = 'WrongEventStoreUrl';
}

/** A stream of ours holds a record that no adapter of this log has written. Its history cannot be told from here on. */
export class ForeignRecord extends Error {
  override readonly name = 'ForeignRecord';

  constructor(
    readonly stream: string,
    readonly version: number,
  ) {
    super(`record ${version} of stream ${stream} was not written by this log`);
  }
}
