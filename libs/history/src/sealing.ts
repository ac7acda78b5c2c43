import type { NewRecord } from '@guitu/event-log';
import { sealAll, type Keyring, type Marks, type SealedData } from '@guitu/personal-data';
import { divisionOf, eventKindOf, isDutyEvent, type AnyStreamKind, type Command, type RecordedEvent, type World } from '@guitu/rescue';
import { envelopeBytes, leafOf, type Envelope } from './envelope';
import { schemaVersionOf } from './recorded';

/** What a batch of new events of one command needs to become records. */
export type Batch = Readonly<{
  kind: AnyStreamKind;
  stream: string;
  /** The stream's version and last leaf before the batch. */
  version: number;
  prev: string | null;
  command: Command;
  commandId: string;
  digest: string;
  /** The event of another stream that caused the command, for reactors. */
  causation?: string;
  world: World;
  events: readonly RecordedEvent[];
}>;

const noMarks: Marks = {};

/** The records of a batch, ready for the log. */
export type SealedBatch = Readonly<{
  records: readonly NewRecord[];
  /** Leaf of the last of them. */
  leaf: string | null;
}>;

/** Seals the personal values of the events and writes the envelopes, each chained to the one before it. */
export async function sealBatch(keyring: Keyring, batch: Batch): Promise<SealedBatch> {
  const { kind, stream, events, command } = batch;
  const plain = events.map(({ type, data, meta }) => ({
    stream,
    event: meta.id,
    data,
    marks: (eventKindOf(kind, type).sealed as Marks | undefined) ?? noMarks,
  }));
  const reason = command.backfillReason === undefined ? undefined : { backfillReason: command.backfillReason };
  const reasons =
    reason === undefined
      ? []
      : events.map(({ meta }) => ({ stream, event: meta.id, data: reason, marks: { backfillReason: 'narrative' } as const }));
  const sealed = await sealAll(keyring, [...plain, ...reasons]);
  let leaf = batch.prev;
  const records = events.map((event, index) => {
    const record = recordOf(batch, { event, index, prev: leaf, sealed: sealed[index], backfill: sealed[events.length + index] });
    leaf = leafOf(record.envelope);
    return record;
  });
  return { records, leaf };
}

/** One event of a batch, sealed; `prev` is the leaf of the event before it. */
type One = Readonly<{
  event: RecordedEvent;
  index: number;
  prev: string | null;
  sealed: SealedData | undefined;
  backfill: SealedData | undefined;
}>;

/** The record of one event: its envelope, and the ciphertexts beside it. */
export function recordOf(batch: Batch, { event, index, prev, sealed, backfill }: One): NewRecord {
  if (sealed === undefined) throw new Error('Every event of a batch is sealed.');
  const { command, kind, stream, world } = batch;
  const { agency, user, client, role } = command.by;
  const schemaVersion = schemaVersionOf(kind, event.type);
  // Members stand in the order in which they are stored, which spares sorting them.
  const envelope: Envelope = {
    actor: { agency, client, role, user },
    backfill: backfill === undefined ? null : ((backfill.data as { backfillReason: object }).backfillReason ?? null),
    causation: causeInside(event) ?? batch.causation ?? null,
    command: { count: batch.events.length, digest: batch.digest, id: batch.commandId, index, type: command.type },
    correlation: stream,
    data: sealed.data,
    division: divisionOf(world, agency, world.now) ?? null,
    id: event.meta.id,
    occurredAt: event.meta.at,
    prev,
    schema: schemaVersion,
    stream,
    suite: 'SHA-256',
    type: event.type,
    v: 1,
    version: batch.version + index + 1,
  };
  return {
    id: event.meta.id,
    type: event.type,
    schemaVersion,
    envelope: envelopeBytes(envelope),
    secrets: backfill === undefined ? sealed.secrets : { ...sealed.secrets, ...backfill.secrets },
  };
}

/** Events of duties name the event of the same command that brought them about. */
function causeInside({ type, data }: RecordedEvent): string | undefined {
  if (!isDutyEvent(type)) return undefined;
  const { causedBy, evidence } = data as Readonly<{ causedBy?: string; evidence?: string }>;
  return causedBy ?? evidence;
}
