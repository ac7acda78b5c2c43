import type { Recorded } from '@guitu/history';
import type { Case, CustodySpan, Directory, Duty, Instant, Situation } from '@guitu/rescue';
import { eventsUpTo, type PointOfPast } from './as-of-moment';
import { ruleOf } from './duty-view';
import { situationAfter, type Audited } from './stored-history';
import { nameAt } from './words';

export type Named = Readonly<{ agency: string; name: string }>;
export type OpenDuty = Duty & Readonly<{ zh: string; basis: string; debtor: string; creditor: string }>;

/** Where a stream stood at a point of the past; the shape of `--as-of` with `--json`. */
export type PastView = Readonly<{
  stream: string;
  zh: string;
  /** The point that was asked for. */
  asOf: PointOfPast;
  /** How many events belong to it, and the last of them; null when nothing had been recorded. */
  events: number;
  last: Readonly<{ version: number; position: string; recordedAt: Instant; occurredAt: Instant }> | null;
  state: unknown;
  /** Only for cases. */
  custody: Readonly<{ holder: Named | null; line: readonly (CustodySpan & Readonly<{ name: string }>)[] }> | null;
  participants: readonly Named[];
  openDuties: readonly OpenDuty[];
}>;

export function pastView(audited: Audited, asOf: PointOfPast): PastView {
  const { history, directory } = audited;
  const { kind, stream } = history;
  const events = eventsUpTo(history.events, asOf);
  const situation = situationAfter(kind, events);
  const last = events.at(-1);
  const at = last?.meta.at ?? '1949-10-01T00:00:00+08:00';
  const named = (agency: string): Named => ({ agency, name: nameAt(directory, agency, at) });
  return {
    stream,
    zh: kind.zh,
    asOf,
    events: events.length,
    last: last === undefined ? null : placeOf(last),
    state: situation.state,
    custody: kind.category === 'case' ? custodyOf(situation as Situation<Case>, directory, named) : null,
    participants: [...situation.parties].map(named),
    openDuties: openDuties(situation, audited, at),
  };
}

const placeOf = ({ version, position, recordedAt, meta }: Recorded): NonNullable<PastView['last']> => ({
  version,
  position: String(position),
  recordedAt,
  occurredAt: meta.at,
});

function custodyOf({ state }: Situation<Case>, directory: Directory, named: (agency: string) => Named): PastView['custody'] {
  const { holder, line } = state.custody;
  return {
    holder: holder === null ? null : named(holder),
    line: line.map((span) => ({ ...span, name: nameAt(directory, span.agency, span.from) })),
  };
}

/** The most urgent first. */
function openDuties({ duties }: Situation, { history, directory }: Audited, at: Instant): readonly OpenDuty[] {
  return Object.values(duties.open)
    .map((duty) => {
      const rule = ruleOf(history.kind, duty.key);
      const names = { debtor: nameAt(directory, duty.owedBy, at), creditor: nameAt(directory, duty.owedTo, at) };
      return { ...duty, zh: rule?.zh ?? duty.key, basis: rule?.basis ?? '', ...names };
    })
    .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt) || (a.dutyId < b.dutyId ? -1 : 1));
}
