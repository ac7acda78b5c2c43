import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { AppendResp, ReadResp, type AppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { AppendAnswer, KeptEvent, ProposedEvent } from './store';

const ticksPerMillisecond = 10_000n;
const noStream = -1;

/** Which stream an append names, and which revision it expects: -1 = none; undefined = an expectation that the double does not know. */
export type AppendHeader = Readonly<{ stream: string; expected: number | undefined }>;

export function headerOf(options: AppendReq.Options): AppendHeader {
  const expected = options.hasNoStream() ? noStream : options.hasRevision() ? Number(options.getRevision()) : undefined;
  return { stream: nameIn(options.getStreamIdentifier()), expected };
}

export function proposedOf(message: AppendReq.ProposedMessage): ProposedEvent {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function appendAnswer(answer: AppendAnswer): AppendResp {
  return answer.kind === 'success'
    ? new AppendResp().setSuccess(successOf(answer.revision, answer.position))
    : new AppendResp().setWrongExpectedVersion(wrongVersionOf(answer.current));
}

function successOf(revision: number, position: bigint): AppendResp.Success {
  const place = new AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new AppendResp.Success().setCurrentRevision(String(revision)).setPosition(place);
}

function wrongVersionOf(current: number): AppendResp.WrongExpectedVersion {
  const wrong = new AppendResp.WrongExpectedVersion();
  return current === noStream ? wrong : wrong.setCurrentRevision(String(current));
}

export function eventAnswer(event: KeptEvent): ReadResp {
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(String(event.position))
    .setPreparePosition(String(event.position))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', String(BigInt(event.createdMs) * ticksPerMillisecond));
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(event.position)));
}

export const streamNotFoundAnswer = (stream: string): ReadResp =>
  new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)));

const identifierOf = (stream: string): StreamIdentifier => new StreamIdentifier().setStreamName(new TextEncoder().encode(stream));

export const nameIn = (identifier: StreamIdentifier | undefined): string => new TextDecoder().decode(identifier?.getStreamName_asU8());
