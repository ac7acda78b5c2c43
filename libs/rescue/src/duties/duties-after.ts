import { compareInstants } from '@guitu/standards';
import type { AnyDutyRule, AnyStreamKind } from '../stream-kind';
import type { RecordedEvent, Situation } from '../situation';
import { divisionOf } from '../world/directory';
import { dueUnder, type World } from '../world/world';
import type { Duty, DutyBook, Happened, Opening } from './duty';
import { breachOf, type DutyEvent } from './duty-events';
import type { Event } from '../words';

type Verdict = true | ((happened: Happened<Event>, duty: Duty, state: unknown) => boolean) | undefined;

/** What one event does to the duties of its stream: discharged, lapsed, opened, in this order. `situation` is the one after the event. Pure. */
export function dutiesAfter(kind: AnyStreamKind, situation: Situation, cause: RecordedEvent, world: World): readonly DutyEvent[] {
  const happened = cause as Happened<Event>;
  const closed: DutyEvent[] = [];
  const rules = rulesAbout(kind, cause.type);
  const open = Object.values(situation.duties.open);
  for (const rule of rules) {
    for (const duty of open.filter(({ key }) => key === rule.key)) closed.push(...closing(rule, duty, happened, { situation, world }));
  }
  const counted: Record<string, number> = { ...situation.duties.opened };
  const opened = rules.flatMap((rule) =>
    openings(rule, happened, { situation, world }).map((opening) => {
      const number = (counted[rule.key] ?? 0) + 1;
      counted[rule.key] = number;
      return dutyOpened(rule, opening, { happened, number, world });
    }),
  );
  return [...closed, ...opened];
}

const rulesOfKinds = new WeakMap<AnyStreamKind, Map<string, readonly AnyDutyRule[]>>();

/** The rules that an event of this type says anything to, in the catalogue's order. Most events concern few of them, so they are looked up once. */
function rulesAbout(kind: AnyStreamKind, type: string): readonly AnyDutyRule[] {
  const byType = rulesOfKinds.get(kind) ?? new Map<string, readonly AnyDutyRule[]>();
  rulesOfKinds.set(kind, byType);
  const known = byType.get(type);
  if (known !== undefined) return known;
  const lists = ({ opens, dischargedBy, lapsesOn = {} }: AnyDutyRule): readonly object[] => [opens, dischargedBy, lapsesOn];
  const rules = kind.duties.filter((rule) => lists(rule).some((list) => Object.hasOwn(list, type)));
  byType.set(type, rules);
  return rules;
}

type Around = Readonly<{ situation: Situation; world: World }>;

function closing(rule: AnyDutyRule, duty: Duty, happened: Happened<Event>, { situation, world }: Around): readonly DutyEvent[] {
  const { dutyId, key } = duty;
  const says = (verdict: Verdict): boolean => verdict === true || (verdict !== undefined && verdict(happened, duty, situation.state));
  const { at, id } = happened.meta;
  const missed = compareInstants(at, duty.dueAt) > 0;
  // Overdue is a stored event also where nobody noticed it in time; it comes before whatever ends the duty.
  const breach: DutyEvent[] = missed && !duty.breached && duty.force !== 'soft' ? [breachOf(duty, world)] : [];
  if (says(entry(rule.dischargedBy, happened.type)) && compareInstants(at, duty.startsAt) >= 0) {
    // A breach that stands in the record is not repaired by a back-dated entry.
    return [...breach, { type: 'DutyDischarged', data: { dutyId, key, evidence: id, metAt: at, late: missed || duty.breached } }];
  }
  if (says(entry(rule.lapsesOn, happened.type))) return [...breach, { type: 'DutyLapsed', data: { dutyId, key, causedBy: id } }];
  return [];
}

// A rule's lists are keyed by event type; the compiler checked each entry against its event where the rule was written.
const entry = (list: object | undefined, type: string): Verdict =>
  list !== undefined && Object.hasOwn(list, type) ? (list as Record<string, Verdict>)[type] : undefined;

function openings(rule: AnyDutyRule, happened: Happened<Event>, { situation, world }: Around): readonly Opening[] {
  const opens = Object.hasOwn(rule.opens, happened.type)
    ? (
        rule.opens as Record<
          string,
          | ((happened: Happened<Event>, state: unknown, world: World, duties: DutyBook) => Opening | readonly Opening[] | undefined)
          | undefined
        >
      )[happened.type]
    : undefined;
  const said = opens?.(happened, situation.state, world, situation.duties);
  return said === undefined ? [] : Array.isArray(said) ? (said as readonly Opening[]) : [said as Opening];
}

function dutyOpened(
  rule: AnyDutyRule,
  opening: Opening,
  { happened, number, world }: Readonly<{ happened: Happened<Event>; number: number; world: World }>,
): DutyEvent {
  const { owedBy, owedTo } = opening;
  if (owedBy === undefined || owedTo === undefined)
    throw new Error(`The rule of duty ${rule.key} opened on ${happened.type} without saying who owes it to whom.`);
  const from = opening.from ?? happened.meta.at;
  const { dueAt, startsAt, provisional, counted, policy } = dueUnder(opening.limit ?? rule.limit, divisionOf(world, owedBy, from), from);
  return {
    type: 'DutyOpened',
    data: {
      dutyId: `${rule.key}-${number}`,
      key: rule.key,
      about: opening.about ?? '',
      owedBy,
      owedTo,
      force: rule.force,
      basis: rule.basis,
      from,
      startsAt,
      dueAt,
      policy,
      counted,
      provisional,
      causedBy: happened.meta.id,
    },
  };
}
