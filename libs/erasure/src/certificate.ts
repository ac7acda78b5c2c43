import type { EventLog, StoredRecord } from '@guitu/event-log';
import { leafOf, recordedOf } from '@guitu/history';
import type { AgencyId, Clause, DataClass, DestroyedKey, ErasedPlace, Instant, PrivacyEvent, Whose } from '@guitu/rescue';
import { privacyStreamOf } from './what-is-named';

/** One event that the certificate rests on: whoever holds the log can find it and compute its leaf from the stored bytes. */
export type CertifiedStep = Readonly<{
  type: PrivacyEvent['type'];
  eventId: string;
  stream: string;
  version: number;
  position: string;
  /** Leaf hash of the envelope (RFC 6962, SHA-256), base64url. */
  leaf: string;
  occurredAt: Instant;
  recordedAt: string;
  /** Who recorded it; `guitu` is the system itself. */
  agency: AgencyId;
}>;

/** What is certified about an erasure (个人信息删除证明). Holds no personal value. */
export type ErasureCertificate = Readonly<{
  certificate: 'guitu erasure certificate 1';
  caseId: string;
  erasureId: string;
  /** Whether every step was taken; else `steps` tells how far it came. */
  completed: boolean;
  persons: readonly Whose[];
  classes: readonly DataClass[];
  reason: string;
  legalBasis: Clause;
  /** In the order in which they happened. */
  steps: readonly CertifiedStep[];
  keys: readonly DestroyedKey[];
  places: readonly ErasedPlace[];
  ciphertextRemoved: boolean;
}>;

/** There is no such erasure in this log. */
export class NoSuchErasure extends Error {
  override readonly name = 'NoSuchErasure';
}

type Of<T extends PrivacyEvent['type']> = Extract<PrivacyEvent, { type: T }>['data'];

/**
 * The certificate of one erasure of a case, or of its newest one, from the log alone: asked for again it is the same, also after the keys are long gone.
 * @throws NoSuchErasure
 */
export async function certificateOf(log: EventLog, caseId: string, erasureId?: string): Promise<ErasureCertificate> {
  const records = await log.read(privacyStreamOf(caseId));
  const told = records.map((record) => ({ record, event: recordedOf(record) }));
  const decisions = told.filter(({ event }) => event.type === 'ErasureDecided');
  const decision = erasureId === undefined ? decisions.at(-1) : decisions.find(({ event }) => idOf(event.data) === erasureId);
  if (decision === undefined)
    throw new NoSuchErasure(
      erasureId === undefined
        ? `个案 ${caseId} 没有删除决定 There is no erasure of the case ${caseId}.`
        : `个案 ${caseId} 没有删除 ${erasureId} There is no erasure ${erasureId} of the case ${caseId}.`,
    );
  const { persons, classes, reason, legalBasis, erasureId: id } = decision.event.data as Of<'ErasureDecided'>;
  const own = told.filter(({ event }) => idOf(event.data) === id);
  const dataOf = <T extends PrivacyEvent['type']>(type: T): Of<T> | undefined =>
    own.find(({ event }) => event.type === type)?.event.data as Of<T> | undefined;
  const completed = dataOf('ErasureCompleted');
  return {
    certificate: 'guitu erasure certificate 1',
    ...{ caseId, erasureId: id, completed: completed !== undefined, persons, classes, reason, legalBasis },
    steps: own.map(({ record, event }) => stepOf(record, { agency: event.meta.by, occurredAt: event.meta.at })),
    keys: dataOf('KeysDestroyed')?.keys ?? [],
    places: completed?.places ?? [],
    ciphertextRemoved: completed?.ciphertextRemoved ?? false,
  };
}

const idOf = (data: object): string | undefined => (data as Readonly<{ erasureId?: string }>).erasureId;

function stepOf(record: StoredRecord, who: Pick<CertifiedStep, 'agency' | 'occurredAt'>): CertifiedStep {
  const { id: eventId, type, stream, version, position, recordedAt, envelope } = record;
  const kind = type as PrivacyEvent['type'];
  return { type: kind, eventId, stream, version, position: position.toString(), leaf: leafOf(envelope), ...who, recordedAt };
}
