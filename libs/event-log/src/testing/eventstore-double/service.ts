import {
  Metadata,
  status,
  type sendUnaryData,
  type ServerReadableStream,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { AppendFault, Faults } from './faults';
import { appendAnswer, eventAnswer, headerOf, proposedOf, streamNotFoundAnswer, type AppendHeader } from './messages';
import { readIn } from './reading';
import type { AppendAnswer, DoubleStore, ProposedEvent } from './store';

type Parts = Readonly<{ store: DoubleStore; faults: Faults; cut: () => void }>;
type AppendCall = ServerReadableStream<AppendReq, AppendResp>;
type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const thrownByHandler = { code: status.UNKNOWN, details: 'Exception was thrown by handler.' };
const notReady = { code: status.UNAVAILABLE, details: 'Server Is Not Ready' };
const gaveUp = { code: status.ABORTED, details: 'Operation timed out.' };

/** The two methods of the streams service that the adapter uses; every other one is answered as not implemented. */
export function streamsService(parts: Parts): UntypedServiceImplementation {
  return {
    append: (call: AppendCall, answer: sendUnaryData<AppendResp>) => void takeAppend(parts, call, answer),
    read: (call: ReadCall) => void takeRead(parts, call),
  };
}

async function takeAppend(parts: Parts, call: AppendCall, answer: sendUnaryData<AppendResp>): Promise<void> {
  const request = await wholeRequest(call);
  if (!request) return;
  const { header, events } = request;
  const wrong = refusalOf(header, events, parts.store.maxAppendSize);
  if (wrong || header?.expected === undefined) return answer(wrong ?? thrownByHandler);
  const { stream, expected } = header;
  answerAppend(parts, () => parts.store.append(stream, expected, events), { answer, head: () => parts.store.head(stream) });
}

type AppendRequest = Readonly<{ header: AppendHeader | undefined; events: readonly ProposedEvent[] }>;

/** Nothing where the connection broke while it still came in: an append is written as a whole or not at all. */
async function wholeRequest(call: AppendCall): Promise<AppendRequest | undefined> {
  let header: AppendHeader | undefined;
  const events: ProposedEvent[] = [];
  call.on('error', () => undefined);
  try {
    for await (const message of call as AsyncIterable<AppendReq>) {
      const options = message.getOptions();
      const proposed = message.getProposedMessage();
      if (options) header = headerOf(options);
      if (proposed) events.push(proposedOf(proposed));
    }
  } catch {
    return undefined;
  }
  // A broken connection ends the messages like a whole request does, and is told a moment later.
  await new Promise((resolve) => setImmediate(resolve));
  return call.cancelled ? undefined : { header, events };
}

type Answering = Readonly<{ answer: sendUnaryData<AppendResp>; head: () => number }>;

function answerAppend({ faults, cut }: Parts, write: () => AppendAnswer, { answer, head }: Answering): void {
  const fault: AppendFault | undefined = faults.nextAppend();
  switch (fault) {
    case 'drop':
      return cut();
    case 'stall':
      return;
    case 'refuse':
      return answer(notReady);
    case 'lose-answer':
      write();
      return cut();
    case 'stall-after-write':
      write();
      return;
    case 'wrong-version-after-write':
      write();
      return answer(null, appendAnswer({ kind: 'wrong-version', current: head() }));
    case 'gives-up':
      return answer(gaveUp);
    case 'gives-up-after-write':
      write();
      return answer(gaveUp);
    case undefined:
      return answer(null, appendAnswer(write()));
  }
}

function refusalOf(
  header: AppendHeader | undefined,
  events: readonly ProposedEvent[],
  maxAppendSize: number,
): Partial<{ code: status; details: string; metadata: Metadata }> | undefined {
  if (!header || header.stream === '' || events.some(({ id, type }) => !uuid.test(id) || type === '')) return thrownByHandler;
  const size = events.reduce((sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length, 0);
  if (size <= maxAppendSize) return undefined;
  const metadata = new Metadata();
  metadata.set('exception', 'maximum-append-size-exceeded');
  metadata.set('maximum-append-size', String(maxAppendSize));
  return { code: status.INVALID_ARGUMENT, details: `Maximum Append Size of ${maxAppendSize} Exceeded.`, metadata };
}

async function takeRead({ store, faults, cut }: Parts, call: ReadCall): Promise<void> {
  call.on('error', () => undefined);
  const fault = faults.nextRead();
  if (fault === 'stall') return;
  if (fault === 'refuse') return void call.emit('error', notReady);
  const answer = readIn(store, call.request.getOptions()!);
  if (answer.kind === 'no-record-there')
    return void call.emit('error', { code: status.UNKNOWN, details: 'Unexpected ReadAllResult: Error' });
  const messages = answer.kind === 'no-stream' ? [streamNotFoundAnswer(answer.stream)] : answer.events.map(eventAnswer);
  const sent = fault === 'half' ? messages.slice(0, Math.floor(messages.length / 2)) : messages;
  for (const message of sent) if (!call.write(message)) await roomFor(call);
  if (fault === 'half') setImmediate(cut);
  else call.end();
}

function roomFor(call: ReadCall): Promise<void> {
  const ends = ['drain', 'cancelled', 'close'] as const;
  return new Promise((resolve) => {
    const go = (): void => {
      for (const end of ends) call.off(end, go);
      resolve();
    };
    for (const end of ends) call.on(end, go);
  });
}
