import { compareInstants } from '@guitu/standards';
import { Refusal } from '../refusal';
import type { AgencyId, Instant } from '../words';

/** Who had the person from when to when; `until` is null while it lasts. */
export type CustodySpan = Readonly<{ agency: AgencyId; from: Instant; until: Instant | null }>;

/** The custody line (照管链): while a person is in the agencies' hands exactly one of them has custody, without gap or overlap. */
export type Custody = Readonly<{ holder: AgencyId | null; line: readonly CustodySpan[] }>;
export const noCustody: Custody = { holder: null, line: [] };

const closed = (custody: Custody, at: Instant): readonly CustodySpan[] =>
  custody.line.map((span) => (span.until === null ? { ...span, until: at } : span));

/** Custody begins, or passes on, at `at`. Passing to the holder changes nothing. */
export const withCustody = (custody: Custody, agency: AgencyId, at: Instant): Custody =>
  custody.holder === agency ? custody : { holder: agency, line: [...closed(custody, at), { agency, from: at, until: null }] };

/** Custody ends: the person has left the agencies' hands. */
export const custodyEnded = (custody: Custody, at: Instant): Custody =>
  custody.holder === null ? custody : { holder: null, line: closed(custody, at) };

/** Refuses a change of custody that is said to have happened before the last one: the line would overlap. */
export function checkCustodyOrder(custody: Custody, at: Instant): void {
  const last = custody.line.at(-1);
  const bound = last === undefined ? undefined : (last.until ?? last.from);
  if (bound !== undefined && compareInstants(at, bound) < 0)
    throw new Refusal('TIM-ORDER', `Custody last changed at ${bound}; it cannot change again before that.`, { pointer: '/occurredAt' });
}
