import type { EventLog } from './port';

export type EventStoreLogOptions = Readonly<{
  /** `esdb://user:password@host:2113`, `esdb://host:2113?tls=false`, or a cluster. The user may append to all streams and read $all. */
  connectionString: string;
  /** ISO 8601, UTC, milliseconds: a clock moved by hand, for sandboxes only. Without it the server's own clock stamps. */
  clock?: () => string;
  /** How long one append, wait in the queue included, or one page of a read may take. Default: 10 s. */
  deadlineMs?: number;
}>;

/**
 * The log on EventStoreDB. Ids are unique inside a stream; positions increase and have gaps.
 *
 * Erasure: this engine changes nothing once it is written, so ciphertexts stay in the metadata of their events until an administrator truncates
 * and scavenges the stream. What erases a person is the destruction of the keys; afterwards nobody can read what lies here.
 *
 * @throws WrongEventStoreUrl, LogUnavailable (nobody answers, or the user may not read $all)
 */
export async function openEventStoreLog(options: EventStoreLogOptions): Promise<EventLog> {
  // Loaded when it is asked for: the client costs every other process 200 ms and 20 MB.
  const { connectEventStore } = await import('./eventstore-log');
  return connectEventStore(options);
}
