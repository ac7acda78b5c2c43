/** What is appended. The log never looks into the bytes: it keeps them exactly. */
export type NewRecord = Readonly<{
  /** Lower-case UUID, derived from the caller's idempotency key, so that a retry carries the same ids. */
  id: string;
  type: string;
  schemaVersion: number;
  /** The canonical JSON bytes that are hashed. */
  envelope: Uint8Array;
  /** Ciphertexts by their digest, both printable ASCII (base64): the only part that erasure may empty. */
  secrets: Readonly<Record<string, string>>;
}>;

export type StoredRecord = NewRecord &
  Readonly<{
    stream: string;
    /** From 1, without holes inside its stream. */
    version: number;
    /** Increasing in commit order over the whole log. Nothing may assume that the next one is this one plus one. */
    position: bigint;
    /** The log's own clock: ISO 8601, UTC, milliseconds. Says when, never in which order. */
    recordedAt: string;
  }>;

/** Where the last record of an append lies. `replayed`: it lay there before this call, and nothing was written. */
export type Appended = Readonly<{ version: number; position: bigint; recordedAt: string; replayed: boolean }>;

export type ReadOptions = Readonly<{ after?: number; limit?: number }>;

export interface EventLog {
  /**
   * Adds all records to the end of the stream, or none of them.
   *
   * The same event ids, already lying side by side in this stream in this order, give the first result again, whatever
   * `expectedVersion` says; bytes are never compared, since a retry seals with new nonces.
   *
   * @param stream `<category>-<id>`, see `streamNamePattern`
   * @param expectedVersion the version of the stream's last record; 0 = the stream does not exist
   * @throws VersionConflict, EventIdTaken, InvalidAppend, AppendTooLarge, LogUnavailable: nothing was written
   * @throws OutcomeUnknown: written or not; the same append again tells
   */
  append(stream: string, expectedVersion: number, records: readonly NewRecord[]): Promise<Appended>;

  /** The records of one stream with a version above `after` (default 0), in order; without `limit` all of them, without a stream none. */
  read(stream: string, options?: ReadOptions): Promise<readonly StoredRecord[]>;

  /**
   * The next records of the whole log after a position (0 = from the beginning), in position order. A record that appears later never
   * has a smaller position than one that was readable before: who goes on from the last position that was read misses nothing.
   */
  readAll(after: bigint, limit: number): Promise<readonly StoredRecord[]>;

  /** The position of the last readable record, 0 in an empty log. */
  head(): Promise<bigint>;

  /** A bell inside this process: "there may be news". It can ring for nothing and stay silent for other processes; followers still poll. */
  onAppended?(listener: () => void): () => void;

  /** Finishes what is under way, then refuses every call with LogUnavailable. Closing twice is harmless. */
  close(): Promise<void>;
}
