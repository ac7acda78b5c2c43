import { parseEnvelope, readHistory, type Recorded } from '@guitu/history';
import type { EventLog, StoredRecord } from '@guitu/event-log';
import { isSealed, type Envelope as SealEnvelope, type KeyName, type KeyStore, type KeyVersion, type Subject } from '@guitu/personal-data';
import { caseStream, findErasure, privacyStream, type AnyStreamKind, type Erasure, type Privacy } from '@guitu/rescue';

const privacyKind = privacyStream as unknown as AnyStreamKind;

/** A privacy stream as the log has it now. */
export type Decided = Readonly<{ state: Privacy; events: readonly Recorded[] }>;

export async function readDecided(log: EventLog, stream: string): Promise<Decided> {
  const { situation, events } = await readHistory(log, privacyKind, stream);
  return { state: situation.state as Privacy, events };
}

export const privacyStreamOf = (caseId: string): string => `${privacyStream.category}-${caseId}`;
export const caseIdOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
export const caseStreamOf = (caseId: string): string => `${caseStream.category}-${caseId}`;
export const findErasureIn = ({ state }: Decided, erasureId: string): Erasure | undefined => findErasure(state, erasureId);

/** Whose keys of which classes an erasure is about, whether or not they exist. */
export async function keysNamed(
  keys: Pick<KeyStore, 'subjectsOf'>,
  stream: string,
  { persons, classes }: Pick<Erasure, 'persons' | 'classes'>,
): Promise<readonly Readonly<{ subject: Subject; names: readonly KeyName[] }>[]> {
  const named = (await keys.subjectsOf(stream)).filter(({ role }) => persons.some((whose) => whose === role));
  return named.map((subject) => ({ subject, names: classes.map((one) => ({ subject: subject.subject, class: one })) }));
}

export const keyText = ({ subject, class: dataClass, version }: KeyVersion): string => `${subject} ${dataClass} ${version}`;

/** What one record holds sealed, as its hashed bytes tell: also where the ciphertext was taken away. */
export function sealsIn(record: StoredRecord): readonly SealEnvelope[] {
  const { data, backfill } = parseEnvelope(record.id, record.envelope);
  const found: SealEnvelope[] = [];
  const walk = (value: unknown): void => {
    if (isSealed(value)) found.push(value.$enc);
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) walk(inner);
  };
  walk([data, backfill]);
  return found;
}

export const keyOfSeal = ({ s, c, k }: SealEnvelope): KeyVersion => ({ subject: s, class: c, version: k });
