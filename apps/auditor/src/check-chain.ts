import { createHash } from 'node:crypto';
import type { StoredRecord } from '@guitu/event-log';
import { envelopeBytes, leafOf, parseEnvelope, type Envelope } from '@guitu/history';
import { detachAll, sealedValuesIn } from '@guitu/personal-data';

/** Why a record does not go on where the one before it ended. */
export const breakWords = {
  'version-gap': '版本不连续 a version is missing or doubled',
  unreadable: '信封无法读取 the stored bytes are no envelope',
  'not-canonical': '字节不是规范形式 the stored bytes are not canonical JSON',
  'record-mismatch': '记录与信封不符 id, stream, version, type or shape differ between the record and its envelope',
  'leaf-mismatch': '与前一条的哈希不符：本条或前一条被改动 prev is not the leaf of the record before: that one or this one was changed',
  'ciphertext-changed': '密文与摘要不符 a ciphertext does not have the digest that its envelope names',
} as const;
export type BreakReason = keyof typeof breakWords;

/** The first record of a stream that cannot be relied on. */
export type Break = Readonly<{ stream: string; version: number; reason: BreakReason }>;

/** What a whole chain says. Nothing after the last record vouches for it, so its leaf is told: whoever noted it earlier can compare. */
export type Chain = Readonly<{ records: number; leaf: string | null; broken: Break | null }>;

/** Follows the chain of one stream through its stored bytes; stops at the first break. */
export function checkChain(stream: string, records: readonly StoredRecord[]): Chain {
  let leaf: string | null = null;
  for (const [index, record] of records.entries()) {
    const reason = whyBroken(record, { stream, version: index + 1, prev: leaf });
    if (reason !== undefined) return { records: records.length, leaf, broken: { stream, version: index + 1, reason } };
    leaf = leafOf(record.envelope);
  }
  return { records: records.length, leaf, broken: null };
}

type Due = Readonly<{ stream: string; version: number; prev: string | null }>;

function whyBroken(record: StoredRecord, due: Due): BreakReason | undefined {
  if (record.version !== due.version) return 'version-gap';
  const envelope = read(record);
  if (envelope === undefined) return 'unreadable';
  if (Buffer.compare(envelopeBytes(envelope), record.envelope) !== 0) return 'not-canonical';
  if (!sameRecord(record, envelope, due)) return 'record-mismatch';
  if (envelope.prev !== due.prev) return 'leaf-mismatch';
  return hasForeignCiphertext(record, envelope) ? 'ciphertext-changed' : undefined;
}

function read(record: StoredRecord): Envelope | undefined {
  try {
    return parseEnvelope(record.id, record.envelope);
  } catch {
    return undefined;
  }
}

const sameRecord = (record: StoredRecord, envelope: Envelope, { stream, version }: Due): boolean =>
  record.stream === stream &&
  envelope.stream === stream &&
  envelope.version === version &&
  envelope.id === record.id &&
  envelope.type === record.type &&
  envelope.schema === record.schemaVersion;

/** An absent ciphertext was erased and says nothing about the chain; a present one must be the one that was hashed. */
function hasForeignCiphertext(record: StoredRecord, { data, backfill }: Envelope): boolean {
  const tree = detachAll({ stream: record.stream, event: record.id, data: { data, backfill }, secrets: record.secrets });
  return sealedValuesIn(tree).some(({ $sealed: { ciphertext, d } }) => ciphertext !== null && digestOf(ciphertext) !== d);
}

const digestOf = (ciphertext: string): string => createHash('sha256').update(Buffer.from(ciphertext, 'base64')).digest('base64url');
