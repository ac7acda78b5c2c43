import { createHash, randomUUID } from 'node:crypto';
import { LedgerDamaged } from './errors';
import type { KeyRange } from './key-life-store';
import { dataClasses } from './sealed';

/** One erasure: which keys are gone. Random references, classes, numbers and times; nothing of a person. */
export type ErasureEntry = Readonly<{
  /** The stream in which it was decided; together with `erasureId` the name of the erasure. */
  stream: string;
  erasureId: string;
  /** ISO 8601, UTC. */
  erasedAt: string;
  /** Every key with all its versions up to `upTo`. */
  keys: readonly KeyRange[];
}>;

/** Where a ledger ends. `digest`: SHA-256 (hex) of its last line, which holds that of the line before, and so of all of them. */
export type LedgerHead = Readonly<{ ledger: string; count: number; digest: string }>;

/** An entry at its place. `digest` as in the head that it was. */
export type LedgerLine = Readonly<{ number: number; digest: string; entry: ErasureEntry }>;
export type LedgerText = Readonly<{ head: LedgerHead; start: string; lines: readonly LedgerLine[]; wholeBytes: number }>;

const format = 'guitu erasure ledger 1';
const newline = 0x0a;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const digestOf = (line: Uint8Array): string => createHash('sha256').update(line).digest('hex');

/** The first line of a new ledger: it gives the ledger a name, so that an empty one is not taken for another. */
export const firstLine = (): Buffer => Buffer.from(`${JSON.stringify({ format, ledger: randomUUID() })}\n`);

export const nextLine = ({ count, digest }: LedgerHead, { stream, erasureId, erasedAt, keys }: ErasureEntry): Buffer =>
  Buffer.from(`${JSON.stringify({ number: count + 1, before: digest, stream, erasureId, erasedAt, keys: plainKeys(keys) })}\n`);

/** The keys of an entry and nothing that may come along with them, in one order. */
export const plainKeys = (keys: readonly KeyRange[]): readonly KeyRange[] =>
  keys
    .map(({ subject, class: dataClass, upTo }) => ({ subject, class: dataClass, upTo }))
    .toSorted((a, b) => (`${a.subject} ${a.class}` < `${b.subject} ${b.class}` ? -1 : 1));

/**
 * Reads a whole ledger and checks every line against the one before. What follows the last line end is an append that broke off, which nobody was
 * told had succeeded: it does not count. @throws LedgerDamaged
 */
export function parseLedger(bytes: Uint8Array, path: string): LedgerText {
  const wholeBytes = bytes.lastIndexOf(newline) + 1;
  const whole = linesOf(bytes.subarray(0, wholeBytes));
  const [first, ...rest] = whole;
  const start: unknown = first === undefined ? undefined : parsed(first);
  if (first === undefined || !isFirst(start)) throw damaged(path, 1, 'it does not begin as a ledger does');
  let digest = digestOf(first);
  const lines = rest.map((line, index): LedgerLine => {
    const found: unknown = parsed(line);
    const number = index + 1;
    if (!isNext(found)) throw damaged(path, number + 1, 'it is no entry of a ledger');
    if (found.number !== number || found.before !== digest) throw damaged(path, number + 1, 'it does not follow the line before');
    digest = digestOf(line);
    const { stream, erasureId, erasedAt, keys } = found;
    return { number, digest, entry: { stream, erasureId, erasedAt, keys } };
  });
  return { head: { ledger: start.ledger, count: lines.length, digest }, start: digestOf(first), lines, wholeBytes };
}

function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(newline, from);
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return lines;
}

function parsed(line: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(line).toString('utf8'));
  } catch {
    return undefined;
  }
}

const isFirst = (found: unknown): found is Readonly<{ ledger: string }> => {
  const { format: stated, ledger } = Object(found) as Record<string, unknown>;
  return stated === format && typeof ledger === 'string' && uuid.test(ledger);
};

const isNext = (found: unknown): found is ErasureEntry & Readonly<{ number: number; before: string }> => {
  const { number, before, ...entry } = Object(found) as Record<string, unknown>;
  return typeof number === 'number' && typeof before === 'string' && isErasureEntry(entry);
};

export function isErasureEntry(found: unknown): found is ErasureEntry {
  const { stream, erasureId, erasedAt, keys } = Object(found) as Record<string, unknown>;
  const named = [stream, erasureId, erasedAt].every((text) => typeof text === 'string' && text !== '');
  return named && !Number.isNaN(Date.parse(String(erasedAt))) && Array.isArray(keys) && keys.every(isRange);
}

function isRange(found: unknown): found is KeyRange {
  const { subject, class: dataClass, upTo } = Object(found) as Record<string, unknown>;
  const known = typeof subject === 'string' && uuid.test(subject) && dataClasses.some((one) => one === dataClass);
  return known && Number.isSafeInteger(upTo) && Number(upTo) > 0;
}

const damaged = (path: string, line: number, why: string): LedgerDamaged =>
  new LedgerDamaged(`the erasure ledger ${path} is damaged in line ${line}: ${why}; put a whole copy of it back in place`);
