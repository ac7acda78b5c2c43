import type { Case, CaseEvent, Event, Loop } from '@guitu/rescue';
import { isSealedValue, type SealedValue } from '@guitu/personal-data';
import { Entity, Index } from 'typeorm';
import { FlagOrNull, Json, JsonOrNull, KeyText, Text, TextOrNull } from '../columns';
import type { Happening, ReadModel } from '../read-model';

/** Help that a township or department gave, or gave reasons for not giving. */
export type Measure = Readonly<{
  event: string;
  by: string;
  at: string;
  given: boolean;
  kind: SealedValue | null;
  from: SealedValue | null;
}>;

/**
 * One line of the outflow side's ledger of returnees (返乡受助人员台账). It begins with the first letter that comes for the person and counts
 * as entered once it has a ledger number. Name, number and whatever else tells about the person stay sealed.
 */
@Entity('returnee_ledger')
@Index(['agency', 'caseId', 'loopId'])
export class ReturneeLedgerRow {
  @KeyText() caseId!: string;
  @KeyText() loopId!: string;
  /** Whose ledger it is: the addressee of the letter; null while an officer must still choose. */
  @TextOrNull() agency!: string | null;
  @TextOrNull() ledgerNumber!: string | null;
  @TextOrNull() ledgeredAt!: string | null;
  @Text() sender!: string;
  @TextOrNull() letterId!: string | null;
  @TextOrNull() letterNumber!: string | null;
  @TextOrNull() receiptNumber!: string | null;
  @Text() mode!: string;
  @Text() destination!: string;
  @Text() departedAt!: string;
  @Text() expectedArrival!: string;
  @TextOrNull() arrivedAt!: string | null;
  /** Where the loop stands. */
  @Text() phase!: string;
  @TextOrNull() whereabouts!: string | null;
  @TextOrNull() receptionAt!: string | null;
  @TextOrNull() visitedAt!: string | null;
  @TextOrNull() visitMode!: string | null;
  @FlagOrNull() hardshipFound!: boolean | null;
  @TextOrNull() outcomeLetterId!: string | null;
  /** Name, sex, birth date, number, household. */
  @JsonOrNull() person!: SealedValue | null;
  @JsonOrNull() relative!: SealedValue | null;
  /** When and where found, days of stay, cause, special categories. */
  @JsonOrNull() caseFacts!: SealedValue | null;
  @JsonOrNull() health!: SealedValue | null;
  @JsonOrNull() followUp!: SealedValue | null;
  /** Where the person was received. */
  @JsonOrNull() place!: SealedValue | null;
  @JsonOrNull() hardships!: SealedValue | null;
  @Json() measures!: readonly Measure[];
}

export const returneeLedger: ReadModel<ReturneeLedgerRow, Case> = {
  name: 'returnee_ledger',
  entity: ReturneeLedgerRow,
  revision: 1,
  category: 'case',
  streamColumn: 'caseId',
  keyOf: ({ loopId }) => loopId,
  remembers: 'all',
  fold: (happening, rows) => {
    const { loops } = happening.after.state.feedback;
    const told = toldBy(happening);
    return Object.values(loops).flatMap((loop) => {
      const changed = loop !== happening.before.state.feedback.loops[loop.loopId];
      const news = told?.loopId === loop.loopId ? told : undefined;
      if (!changed && news === undefined) return [];
      const row = rows.get(loop.loopId) ?? { ...blank, caseId: happening.id };
      const measures = news?.measure === undefined ? row.measures : [...row.measures, news.measure];
      return [{ ...row, ...factsOf(loop), ...news?.patch, measures }];
    });
  },
};

/** What an event about a loop adds to its line, beside where the loop now stands. */
type News = Readonly<{ loopId: string; patch?: Partial<ReturneeLedgerRow>; measure?: Measure }>;
type Told<T extends CaseEvent['type']> = Readonly<{ data: Extract<CaseEvent, { type: T }>['data']; at: string; by: string; id: string }>;
type LedgerEvent =
  | 'FeedbackLetterIssued'
  | 'FeedbackCorrected'
  | 'ReturneeLedgered'
  | 'ReturneeReceptionConfirmed'
  | 'ReturneeNotArrived'
  | 'HomeVisitRecorded'
  | 'AssistanceMeasureRecorded'
  | 'AssistanceDeclined';

const news: { readonly [T in LedgerEvent]: (told: Told<T>) => Omit<News, 'loopId'> } = {
  FeedbackLetterIssued: ({ data }) => ({ patch: contentOf(data.content) }),
  FeedbackCorrected: ({ data }) => ({ patch: contentOf(data.content) }),
  ReturneeLedgered: ({ data, at }) => ({ patch: { ledgerNumber: data.ledgerNumber, ledgeredAt: at } }),
  ReturneeReceptionConfirmed: ({ data, at }) => ({ patch: { receptionAt: at, place: sealed(data.place) } }),
  ReturneeNotArrived: ({ at }) => ({ patch: { receptionAt: at } }),
  HomeVisitRecorded: ({ data, at }) => ({
    patch: { visitedAt: at, visitMode: data.mode, hardshipFound: data.hardshipFound, hardships: sealed(data.hardships) },
  }),
  AssistanceMeasureRecorded: ({ data, at, by, id }) => ({
    measure: { event: id, by, at, given: true, kind: sealed(data.kind), from: sealed(data.from) },
  }),
  AssistanceDeclined: ({ at, by, id }) => ({ measure: { event: id, by, at, given: false, kind: null, from: null } }),
};

function toldBy({ event }: Happening): News | undefined {
  if (!Object.hasOwn(news, event.type)) return undefined;
  const { id, by, at } = event.meta;
  // The table above pairs each type with its own data.
  const tell = news[event.type as LedgerEvent] as (told: object) => Omit<News, 'loopId'>;
  return { loopId: (event as Event<string, { loopId: string }>).data.loopId, ...tell({ data: event.data, id, by, at }) };
}

/** Personal values come sealed from the log; anything else is not copied. */
const sealed = (value: unknown): SealedValue | null => (isSealedValue(value) ? value : null);

type Content = Told<'FeedbackLetterIssued'>['data']['content'];
const contentOf = ({ person, relative, caseFacts, health, followUp }: Content): Partial<ReturneeLedgerRow> => ({
  person: sealed(person),
  relative: sealed(relative),
  caseFacts: sealed(caseFacts),
  health: sealed(health),
  followUp: sealed(followUp),
});

const factsOf = (loop: Loop) => ({
  loopId: loop.loopId,
  agency: loop.addressee,
  sender: loop.sender,
  letterId: loop.letterId,
  letterNumber: loop.letterNumber,
  receiptNumber: loop.receiptNumber,
  mode: loop.mode,
  destination: loop.destination,
  departedAt: loop.departedAt,
  expectedArrival: loop.expectedArrival,
  arrivedAt: loop.arrivedAt,
  phase: loop.phase,
  whereabouts: loop.whereabouts,
  outcomeLetterId: loop.outcomeLetterId,
});

const blank = {
  ...{ ledgerNumber: null, ledgeredAt: null, receptionAt: null, visitedAt: null, visitMode: null, hardshipFound: null },
  ...{ person: null, relative: null, caseFacts: null, health: null, followUp: null, place: null, hardships: null, measures: [] },
} as const;
