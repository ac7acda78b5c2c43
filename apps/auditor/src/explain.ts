import type { Recorded } from '@guitu/history';
import { eventKindOf, type DutyDischarged, type DutyOpened, type Instant } from '@guitu/rescue';
import { explainInWords, type CountStep } from '@guitu/standards';
import { dutyView, eventsOfDuty, ruleOf, type DutyView } from './duty-view';
import { BadUse } from './failures';
import type { Audited } from './stored-history';
import { nameAt } from './words';

/** One event of the history, as a reference. */
export type Reference = Readonly<{ version: number; id: string; type: string; zh: string; occurredAt: Instant; by: string; name: string }>;

/** Where a duty stands at the end of the history. */
export type DutyOutcome = 'open' | 'discharged' | 'waived' | 'lapsed';

/** Everything that a duty rests on; the shape of `guitu explain --json`. */
export type Explanation = Readonly<{
  stream: string;
  dutyId: string;
  key: string;
  zh: string;
  en: string;
  force: DutyOpened['data']['force'];
  owedBy: Readonly<{ agency: string; name: string }>;
  owedTo: Readonly<{ agency: string; name: string }>;
  about: string;
  /** The event that opened it. */
  trigger: Reference | null;
  clause: string;
  policy: DutyOpened['data']['policy'];
  from: Instant;
  startsAt: Instant;
  /** As it was fixed when the duty opened; extensions stand in `changes`. */
  dueAt: Instant;
  counted: readonly CountStep[];
  countedInWords: Readonly<{ zh: string; en: string }>;
  /** Everything that happened to it after it was opened, in order. */
  changes: readonly (DutyView & Readonly<{ version: number; at: Instant }>)[];
  breached: boolean;
  outcome: DutyOutcome;
  late: boolean | null;
  /** The event that discharged it. */
  evidence: Reference | null;
}>;

const endings: Readonly<Record<string, DutyOutcome>> = { DutyDischarged: 'discharged', DutyWaived: 'waived', DutyLapsed: 'lapsed' };

/** @throws BadUse when the history knows no such duty */
export function explain(audited: Audited, dutyId: string): Explanation {
  const { history, directory } = audited;
  const { kind, events, stream } = history;
  const [opening, ...later] = eventsOfDuty(events, dutyId);
  if (opening?.type !== 'DutyOpened') throw new BadUse(noSuchDuty(audited, dutyId));
  const opened = opening.data as DutyOpened['data'];
  const end = later.find(({ type }) => Object.hasOwn(endings, type));
  const discharge = end?.type === 'DutyDischarged' ? (end.data as DutyDischarged['data']) : undefined;
  const rule = ruleOf(kind, opened.key);
  const named = (agency: string) => ({ agency, name: nameAt(directory, agency, opened.from) });
  return {
    stream,
    dutyId,
    key: opened.key,
    zh: rule?.zh ?? opened.key,
    en: rule?.en ?? opened.key,
    force: opened.force,
    owedBy: named(opened.owedBy),
    owedTo: named(opened.owedTo),
    about: opened.about,
    trigger: reference(audited, opened.causedBy),
    clause: opened.basis,
    policy: opened.policy,
    from: opened.from,
    startsAt: opened.startsAt,
    dueAt: opened.dueAt,
    counted: opened.counted,
    countedInWords: { zh: explainInWords(opened, 'zh'), en: explainInWords(opened, 'en') },
    changes: later.map((event) => ({ ...dutyView(event, { kind, events, directory }), version: event.version, at: event.meta.at })),
    breached: later.some(({ type }) => type === 'DutyBreached'),
    outcome: (end === undefined ? undefined : endings[end.type]) ?? 'open',
    late: discharge?.late ?? null,
    evidence: discharge === undefined ? null : reference(audited, discharge.evidence),
  };
}

function reference({ history, directory }: Audited, id: string): Reference | null {
  const event: Recorded | undefined = history.events.find(({ meta }) => meta.id === id);
  if (event === undefined) return null;
  const { version, type, meta } = event;
  return {
    version,
    id,
    type,
    zh: eventKindOf(history.kind, type).zh,
    occurredAt: meta.at,
    by: meta.by,
    name: nameAt(directory, meta.by, meta.at),
  };
}

function noSuchDuty({ history }: Audited, dutyId: string): string {
  const known = history.events.flatMap(({ type, data }) => (type === 'DutyOpened' ? [(data as DutyOpened['data']).dutyId] : []));
  return `${history.stream} 没有责任 ${dutyId} has no duty ${dutyId}; 有 it has: ${known.join(', ') || '无 none'}`;
}
