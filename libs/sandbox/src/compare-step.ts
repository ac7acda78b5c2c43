import { isDeepStrictEqual } from 'node:util';
import { dueInWords } from '@guitu/standards';
import type { CaseView, OpenDuty } from './case-view';
import type { Expectation } from './story';

/** An event of a command's own, as the answer to the command names it. */
export type Noted = Readonly<{ id: string; type: string; dutyId?: string }>;

/** What was seen of a step. */
export type Seen = Readonly<{
  noted: readonly Noted[];
  /** Data of recorded events by type, where the story asks for it. */
  facts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  after: CaseView | null;
}>;

const emptyCase: Pick<CaseView, 'breaches' | 'loops'> = { breaches: [], loops: {} };

/** `D-F1-2` is the second duty of kind `D-F1`. */
export const keyOfDuty = (dutyId: string): string => dutyId.replace(/-\d+$/, '');
export const isDutyEvent = (type: string): boolean => type.startsWith('Duty');

const same = (what: string, expected: unknown, found: unknown): readonly string[] =>
  isDeepStrictEqual(expected, found) ? [] : [`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found) ?? 'nothing'}`];

type Check<K extends keyof Expectation> = (wanted: Required<Expectation>[K], seen: Seen) => readonly string[];

/** What the command itself recorded; holds whenever it is asked again. */
const ofCommand: { readonly [K in 'events' | 'facts' | 'met']: Check<K> } = {
  events: (wanted, { noted }) =>
    same(
      'events',
      wanted,
      noted.map(({ type }) => type).filter((type) => !isDutyEvent(type)),
    ),
  facts: (wanted, { facts }) =>
    Object.entries(wanted).flatMap(([type, fields]) =>
      Object.entries(fields).flatMap(([field, value]) => same(`${type}.${field}`, value, facts[type]?.[field])),
    ),
  met: (wanted, { noted }) => {
    const met = noted.filter(({ type }) => type === 'DutyDischarged').map(({ dutyId = '' }) => dutyId);
    return wanted.flatMap((duty) => (met.some((id) => isDuty(duty, id)) ? [] : [`${duty} was not discharged by this`]));
  },
};

/** Where the case stands after it. */
const ofCase: { readonly [K in Exclude<keyof Expectation, keyof typeof ofCommand>]-?: Check<K> } = {
  custody: (wanted, { after }) => same('custody', wanted, after?.holder ?? 'nobody'),
  location: (wanted, { after }) => same('location', wanted, after?.location),
  due: (wanted, seen) => Object.entries(wanted).flatMap(([duty, due]) => oneHas(seen, { duty, what: 'due', wanted: due })),
  owes: (wanted, seen) => Object.entries(wanted).flatMap(([duty, agency]) => oneHas(seen, { duty, what: 'owed by', wanted: agency })),
  breached: (wanted, { after }) =>
    same('breached', [...wanted].sort(), [...new Set((after ?? emptyCase).breaches.map(({ key }) => key))].sort()),
  loops: (wanted, { after }) =>
    Object.entries(wanted).flatMap(([loop, phase]) => same(loop, phase, (after ?? emptyCase).loops[loop]?.phase)),
  open: (wanted, { after }) => same('open duties', [...wanted].sort(), (after?.duties ?? []).map(({ key }) => key).sort()),
  none: (wanted, { after }) =>
    wanted.flatMap((duty) => openOf(after, duty).map(({ dutyId, dueAt }) => `${dutyId} is open, due ${dueInWords(dueAt)}`)),
};

const isDuty = (asked: string, dutyId: string): boolean => dutyId === asked || keyOfDuty(dutyId) === asked;
const openOf = (after: CaseView | null, asked: string): readonly OpenDuty[] =>
  (after?.duties ?? []).filter(({ dutyId }) => isDuty(asked, dutyId));

function oneHas(
  { after }: Seen,
  { duty, what, wanted }: Readonly<{ duty: string; what: 'due' | 'owed by'; wanted: string }>,
): readonly string[] {
  const found = openOf(after, duty).map(({ dueAt, owedBy }) => (what === 'due' ? dueInWords(dueAt) : owedBy));
  return found.includes(wanted) ? [] : [`${duty}: expected ${what} ${wanted}, found ${found.join(', ') || 'no such open duty'}`];
}

/**
 * Everything in which a step differs from its story. A step that was recorded earlier (`again`) is asked only for its own events: the case has gone on
 * since then.
 */
export function differencesOf(then: Expectation, seen: Seen, again: boolean): readonly string[] {
  const checks: Readonly<Record<string, unknown>> = again ? ofCommand : { ...ofCommand, ...ofCase };
  // Each entry of the two lists is typed with its own expectation; the pair is found again by its name.
  return Object.entries(then).flatMap(([name, wanted]) => (checks[name] as Check<never> | undefined)?.(wanted as never, seen) ?? []);
}
