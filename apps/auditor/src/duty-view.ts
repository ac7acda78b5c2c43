import type { Recorded } from '@guitu/history';
import type { AgencyId, AnyStreamKind, Directory, DutyEvent, DutyOpened, Instant } from '@guitu/rescue';
import { dueInWords } from '@guitu/standards';
import { conceal, valueInWords } from './personal';
import { momentInWords, nameAt } from './words';

type Effect = 'opened' | 'discharged' | 'breached' | 'reminded' | 'extended' | 'waived' | 'transferred' | 'lapsed';
const effects: { readonly [E in DutyEvent as E['type']]: Effect } = {
  DutyOpened: 'opened',
  DutyDischarged: 'discharged',
  DutyBreached: 'breached',
  DutyReminded: 'reminded',
  DutyExtended: 'extended',
  DutyWaived: 'waived',
  DutyTransferred: 'transferred',
  DutyLapsed: 'lapsed',
};

/** What one event did to one duty. */
export type DutyView = Readonly<{
  effect: Effect;
  dutyId: string;
  zh: string;
  /** One sentence, without the stated reason: that is personal. */
  words: string;
  /** Why it was extended, waived or transferred, shut unless it was opened; null where no reason is stated. */
  reason: unknown;
}>;

export type Around = Readonly<{ kind: AnyStreamKind; events: readonly Recorded[]; directory: Directory }>;

/** The duty's events, in order. */
export const eventsOfDuty = (events: readonly Recorded[], dutyId: string): readonly Recorded[] =>
  events.filter(({ type, data }) => Object.hasOwn(effects, type) && (data as { dutyId?: string }).dutyId === dutyId);

export const ruleOf = (kind: AnyStreamKind, key: string): AnyStreamKind['duties'][number] | undefined =>
  kind.duties.find((rule) => rule.key === key);

export function dutyView(event: Recorded, around: Around): DutyView {
  // The catalogue gave this event its type; its data has that type's shape.
  const happened = { type: event.type, data: event.data } as DutyEvent;
  const { dutyId, key } = happened.data;
  const zh = ruleOf(around.kind, key)?.zh ?? key;
  const reason = 'reason' in happened.data ? conceal(happened.data.reason) : null;
  return { effect: effects[happened.type], dutyId, zh, words: inWords(happened, event, around), reason };
}

function inWords({ type, data }: DutyEvent, event: Recorded, { events, directory }: Around): string {
  const nth = (id: string): string => eventInWords(events, id);
  const name = (id: AgencyId): string => nameAt(directory, id, event.meta.at);
  switch (type) {
    case 'DutyOpened':
      return openedInWords(data, name);
    case 'DutyDischarged':
      return `于${momentInWords(data.metAt)}${data.late ? '逾期' : '按期'}履行，凭${nth(data.evidence)}`;
    case 'DutyBreached':
      return `${dueInWords(data.dueAt)}期满未履行，${momentInWords(data.noticedAt)}发现`;
    case 'DutyReminded':
      return `提醒：${dueInWords(data.dueAt)}到期`;
    case 'DutyExtended':
      return `${dueInWords(data.from)}延至${dueInWords(data.dueAt)}，由${name(event.meta.by)}准予`;
    case 'DutyWaived':
      return `由${name(event.meta.by)}豁免`;
    case 'DutyTransferred':
      return `由${name(data.from)}转至${name(data.to)}`;
    case 'DutyLapsed':
      return `因${nth(data.causedBy)}而消灭`;
  }
}

const openedInWords = (data: DutyOpened['data'], name: (id: AgencyId) => string): string =>
  `${name(data.owedBy)}应于${dueInWords(data.dueAt)}前向${name(data.owedTo)}履行，依据${data.basis}`;

/** The sentence with the reason behind it. */
export const dutyInWords = ({ words, reason }: Pick<DutyView, 'words' | 'reason'>): string =>
  reason === null ? words : `${words}，理由${valueInWords(reason)}`;

/** `第3条 交接签收` by the event's id; an event of another stream by its id. */
export function eventInWords(events: readonly Recorded[], id: string, zhOf: (type: string) => string = () => ''): string {
  const found: Readonly<{ version: number; type: string; meta: Readonly<{ at: Instant }> }> | undefined = events.find(
    ({ meta }) => meta.id === id,
  );
  return found === undefined ? id : `第${found.version}条${zhOf(found.type)}`;
}
