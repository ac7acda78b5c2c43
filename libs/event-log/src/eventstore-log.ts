import * as client from '@eventstore/db-client';
import type { Position, StreamingRead } from '@eventstore/db-client';
import { serverAddress, type ServerAddress } from './eventstore/server-address';
import { within } from './eventstore/within';
import { WireFailure, type Wire, type WireEvent, type WireFailureKind, type WireNewEvent } from './eventstore/wire';
import { WireLog } from './eventstore/wire-log';
import { WrongEventStoreUrl } from './errors';
import type { EventStoreLogOptions } from './open-eventstore-log';

/** The only file that knows the client. Its types, its errors and its process-ending habits stay in here. */

const defaultDeadlineMs = 10_000;

/** As `openEventStoreLog`, with the door for what another engine recorded. */
export async function connectEventStore({
  connectionString,
  clock,
  deadlineMs = defaultDeadlineMs,
}: EventStoreLogOptions): Promise<WireLog> {
  const log = new WireLog(new ClientWire(serverAddress(connectionString)), { deadlineMs, clock });
  try {
    await log.head();
    return log;
  } catch (error) {
    await log.close();
    throw error;
  }
}

class ClientWire implements Wire {
  private connection: Connection;

  constructor(private readonly server: ServerAddress) {
    this.connection = new Connection(server.address);
  }

  async append(stream: string, expectedVersion: number, events: readonly WireNewEvent[], giveUpAt: number): Promise<number> {
    const expectedRevision: client.ExpectedRevision = expectedVersion === 0 ? client.NO_STREAM : BigInt(expectedVersion - 1);
    const proposed = events.map(({ id, type, data, metadata }) => client.binaryEvent({ id, type, data, metadata }));
    // Credentials in the call are what makes it a plain append; the batch append of this client can end the process.
    const options = { expectedRevision, ...this.options(giveUpAt) };
    const result = await this.call(giveUpAt, 'lost', ({ server }) => server.appendToStream(stream, proposed, options));
    return Number(result.nextExpectedRevision) + 1;
  }

  async readStream(stream: string, fromVersion: number, count: number, giveUpAt: number): Promise<readonly WireEvent[]> {
    const options = { fromRevision: BigInt(fromVersion - 1), maxCount: count, ...this.options(giveUpAt) };
    try {
      return await this.collect(giveUpAt, (server) => server.readStream(stream, options));
    } catch (error) {
      if (error instanceof NoStream) return [];
      throw error;
    }
  }

  readAll(from: bigint, count: number, giveUpAt: number): Promise<readonly WireEvent[]> {
    const fromPosition = from === 0n ? client.START : { commit: from, prepare: from };
    const options: client.ReadAllOptions = { fromPosition, maxCount: count, ...this.options(giveUpAt) };
    return this.collect(giveUpAt, (server) => server.readAll(options));
  }

  readAllBackwards(before: bigint | undefined, count: number, giveUpAt: number): Promise<readonly WireEvent[]> {
    const fromPosition = before === undefined ? client.END : { commit: before, prepare: before };
    const options: client.ReadAllOptions = { fromPosition, maxCount: count, direction: client.BACKWARDS, ...this.options(giveUpAt) };
    return this.collect(giveUpAt, (server) => server.readAll(options));
  }

  async close(): Promise<void> {
    this.connection.retire();
  }

  /** Only the leader of a cluster knows what was appended last. The client gives reads no deadline; `within` does. */
  private options(giveUpAt: number): client.BaseOptions {
    return { credentials: this.server.credentials, requiresLeader: true, deadline: Math.max(1, Math.ceil(giveUpAt - performance.now())) };
  }

  private collect(giveUpAt: number, open: (server: client.EventStoreDBClient) => StreamingRead<ReadEvent>): Promise<readonly WireEvent[]> {
    return this.call(giveUpAt, 'refused', async ({ server, abandoned }) => (await collected(open(server), abandoned)).flatMap(wireEvent));
  }

  /** `otherwise`: what a failure is that says nothing clear. */
  private async call<T>(giveUpAt: number, otherwise: WireFailureKind, work: (on: Calling) => Promise<T>): Promise<T> {
    const { connection } = this;
    connection.begin();
    try {
      return await within(giveUpAt, async (abandoned) => work({ server: await connection.ready, abandoned }));
    } catch (error) {
      const failure = failureOf(error, otherwise);
      if (failure instanceof WireFailure && brokenConnection.has(failure.kind) && connection === this.connection) {
        this.connection = new Connection(this.server.address);
        connection.retire();
      }
      throw failure;
    } finally {
      connection.end();
    }
  }
}

type Calling = Readonly<{ server: client.EventStoreDBClient; abandoned: AbortSignal }>;

const brokenConnection: ReadonlySet<WireFailureKind> = new Set(['lost', 'unreachable', 'deadline']);

/**
 * One client, replaced as a whole after a fault and closed when its last call has ended. The client's own reconnection is switched off: it closes
 * the channel under calls that are just beginning, and such a call throws where nobody can catch it, which ends the process.
 */
class Connection {
  readonly ready: Promise<client.EventStoreDBClient>;
  private calls = 0;
  private retired = false;

  constructor(address: string) {
    const server = clientOf(address);
    Object.assign(server, { handleError: async () => undefined });
    this.ready = server['getChannel']().then(() => server);
    this.ready.catch(() => undefined);
  }

  begin(): void {
    this.calls += 1;
  }

  end(): void {
    this.calls -= 1;
    this.closeWhenIdle();
  }

  retire(): void {
    this.retired = true;
    this.closeWhenIdle();
  }

  private closeWhenIdle(): void {
    if (!this.retired || this.calls > 0) return;
    void this.ready.then(close).catch(() => undefined);
  }
}

async function close(server: client.EventStoreDBClient): Promise<void> {
  // Cancels what was abandoned at its deadline; its end is not waited for, since a hung server does not answer that either.
  void server.dispose().catch(() => undefined);
  (await server['getChannel']()).close();
}

/** The client's own complaint repeats the address with its password. */
function clientOf(address: string): client.EventStoreDBClient {
  try {
    return client.EventStoreDBClient.connectionString(address);
  } catch {
    throw new WrongEventStoreUrl('the address of the EventStoreDB names an unknown option, a wrong value or a file that is not there');
  }
}

type ReadEvent = Readonly<{
  event?: Readonly<{
    streamId: string;
    revision: bigint;
    id: string;
    type: string;
    data: unknown;
    metadata: unknown;
    created: Date;
    position?: Position;
  }>;
}>;

class NoStream extends Error {}

function collected(stream: StreamingRead<ReadEvent>, abandoned: AbortSignal): Promise<readonly ReadEvent[]> {
  return new Promise((resolve, reject) => {
    const events: ReadEvent[] = [];
    stream.on('data', (event) => events.push(event));
    stream.on('end', () => resolve(events));
    // Stays: an error without a listener, also one that comes after the deadline, ends the process.
    stream.on('error', (error) => reject(error instanceof client.StreamNotFoundError ? new NoStream() : error));
    const letGo = (): void => {
      stream.cancel().catch(() => undefined);
      stream.destroy();
    };
    abandoned.addEventListener('abort', letGo, { once: true });
  });
}

function wireEvent({ event }: ReadEvent): readonly WireEvent[] {
  if (event?.position === undefined) return [];
  const { streamId, revision, id, type, data, metadata, created, position } = event;
  return [{ stream: streamId, version: Number(revision) + 1, id, type, data, metadata, created, position: position.commit }];
}

const UNAVAILABLE = 14;

/** The client's error in our words, without any text of it. What is no error of the client stays as it is. */
function failureOf(error: unknown, otherwise: WireFailureKind): Error {
  if (error instanceof WireFailure || error instanceof NoStream) return error;
  if (error instanceof client.WrongExpectedVersionError) return new WireFailure('wrong-version', 'wrong version', versionIn(error));
  if (error instanceof client.MaxAppendSizeExceededError) return new WireFailure('too-large', 'too large', error.maxAppendSize);
  const { constructor, code, message = '' } = Object(error) as Partial<Error & { code: unknown }>;
  const told = `${constructor?.name ?? 'unknown'}${typeof code === 'number' ? ` (code ${code})` : ''}`;
  return new WireFailure(kindOf(error, { code, message, otherwise }), told);
}

const refusals = [
  client.AccessDeniedError,
  client.StreamDeletedError,
  client.InvalidArgumentError,
  client.RequiredMetadataPropertyMissingError,
];

function kindOf(
  error: unknown,
  { code, message, otherwise }: Readonly<{ code: unknown; message: string; otherwise: WireFailureKind }>,
): WireFailureKind {
  if (refusals.some((refusal) => error instanceof refusal)) return 'refused';
  if (error instanceof client.DeadlineExceededError) return 'deadline';
  if (error instanceof client.TimeoutError) return 'timed-out';
  // Nothing was sent: the node is not the leader, or no node could be found or connected.
  if (error instanceof client.NotLeaderError || /No connection established|discover/i.test(message)) return 'unreachable';
  return code === UNAVAILABLE || error instanceof client.CancelledError ? 'lost' : otherwise;
}

function versionIn({ actualVersion }: client.WrongExpectedVersionError): number {
  return typeof actualVersion === 'bigint' ? Number(actualVersion) + 1 : 0;
}
