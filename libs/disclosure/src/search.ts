import { readingRuleOf } from '@guitu/access';
import type { EventLog } from '@guitu/event-log';
import { readHistory, type AuditTrail } from '@guitu/history';
import { sealedValuesIn, type BlindIndex, type DataClass, type Found, type IndexKind, type Keyring } from '@guitu/personal-data';
import { caseStream, type AnyStreamKind } from '@guitu/rescue';
import { AuditUnavailable } from './audit-unavailable';
import { denialsIn } from './denials';
import type { LookUp } from './look-up';
import type { Reader } from './reader';

/** The ids of cases, in order. `more`: there are others; something narrower finds them. */
export type CasesFound = Readonly<{ cases: readonly string[]; more: boolean }>;

/** How many cases one answer names. */
export const maxCasesFound = 200;
/** How many streams are read at once. */
const together = 20;

export type SearchParts = Readonly<{
  log: EventLog;
  keyring: Pick<Keyring, 'subjectsOf'>;
  blindIndex: Pick<BlindIndex, 'find'>;
  trail: Pick<AuditTrail, 'record'>;
}>;

/** Of which class the values are by which a person is found. */
const classOf: { readonly [K in IndexKind]: DataClass } = { 'id-number': 'identity', phone: 'contact', alias: 'identity' };

/**
 * The cases that name a person with this value and that the reader may read. Cases of others, and those where the value was erased or is restricted, are
 * not in the answer: it is the same as when there is none. The look-up is recorded first, also when nobody was found.
 * @throws AuditUnavailable: nothing was told. WrongKeyEncryptionKey, and what the log throws
 */
export async function searchCases(parts: SearchParts, reader: Omit<Reader, 'rule'>, { kind, value }: LookUp): Promise<CasesFound> {
  const found = await parts.blindIndex.find(kind, value);
  const streams = [...new Set(found.map(({ stream }) => stream))].filter((stream) => stream.startsWith(`${caseStream.category}-`)).sort();
  const named: string[] = [];
  for (let from = 0; from < streams.length && named.length <= maxCasesFound; from += together) {
    const some = streams.slice(from, from + together);
    const may = await Promise.all(some.map((stream) => mayBeTold(parts, reader, { stream, found, class: classOf[kind] })));
    named.push(...some.filter((_, index) => may[index]));
  }
  const told = named.slice(0, maxCasesFound);
  await record(parts, reader, { kind, streams: told });
  return { cases: told.map((stream) => stream.slice(caseStream.category.length + 1)), more: named.length > told.length };
}

type Candidate = Readonly<{ stream: string; found: readonly Found[]; class: DataClass }>;

async function mayBeTold(
  parts: SearchParts,
  { by, purpose }: Omit<Reader, 'rule'>,
  { stream, found, class: asked }: Candidate,
): Promise<boolean> {
  const { situation, events } = await readHistory(parts.log, caseStream as unknown as AnyStreamKind, stream);
  if (situation.version === 0 || readingRuleOf(by, caseStream.collection, situation.parties) === undefined) return false;
  const denial = await denialsIn(parts, stream, purpose);
  const subjects = new Set(found.flatMap((one) => (one.stream === stream ? [one.subject] : [])));
  // A row does not say which version sealed its value: one that outlived its key is told of no more.
  const sealed = sealedValuesIn(events.map(({ data }) => data)).map(({ $sealed: { s, c, k } }) => ({ subject: s, class: c, version: k }));
  return sealed.some((key) => key.class === asked && subjects.has(key.subject) && denial(key) === undefined);
}

async function record(
  { trail }: SearchParts,
  { by, purpose, requestId }: Omit<Reader, 'rule'>,
  { kind, streams }: Readonly<{ kind: IndexKind; streams: readonly string[] }>,
): Promise<void> {
  const data = { purpose, kind, streams, count: streams.length, requestId, rule: 'search' } as const;
  try {
    await trail.record({ type: 'PersonalDataSearched', by, data });
  } catch (error) {
    throw new AuditUnavailable(error);
  }
}
