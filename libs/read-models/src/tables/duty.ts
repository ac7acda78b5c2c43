import { toMilliseconds } from '@guitu/standards';
import type { AnyStreamKind, DutyEvent, EventMeta } from '@guitu/rescue';
import { Entity, Index } from 'typeorm';
import { Count, Flag, FlagOrNull, Json, KeyText, Milliseconds, Position, Text, TextOrNull } from '../columns';
import type { ReadModel, RowsOfStream } from '../read-model';

export type DutyStatus = 'open' | 'discharged' | 'waived' | 'lapsed';
export type DutyTransfer = Readonly<{ from: string; to: string; at: string }>;

/** One duty (责任) ever opened: who owes whom what, until when, by which clause, and what became of it. */
@Entity('duty')
@Index(['status', 'dueAtMs', 'stream', 'dutyId'])
@Index(['owedBy', 'dueAtMs', 'stream', 'dutyId'])
@Index(['owedTo', 'dueAtMs', 'stream', 'dutyId'])
export class DutyRow {
  /** The whole name of the stream: `case-6f…`. */
  @KeyText() stream!: string;
  @KeyText() dutyId!: string;
  /** The stream's name without its category: the case's id. */
  @Text() streamId!: string;
  @Text() key!: string;
  @Text() zh!: string;
  @Text() en!: string;
  @Text() basis!: string;
  @Text() owedBy!: string;
  @Text() owedTo!: string;
  /** What it is about inside the case; the case itself when empty. */
  @Text() about!: string;
  @Text() force!: string;
  @Text() openedAt!: string;
  @Text() startsAt!: string;
  @Text() dueAt!: string;
  @Milliseconds() dueAtMs!: number;
  /** The deadline that it was opened with. */
  @Text() firstDueAt!: string;
  @Json() policy!: object;
  /** Which days were counted, step by step. */
  @Json() counted!: object;
  @Flag() provisional!: boolean;
  /** The event that opened it. */
  @Text() causedBy!: string;
  @Text() status!: DutyStatus;
  @TextOrNull() breachedAt!: string | null;
  @TextOrNull() remindedAt!: string | null;
  @Count() extended!: number;
  @Json() transfers!: readonly DutyTransfer[];
  /** The event that is the evidence, or that made it lapse. */
  @TextOrNull() closedBy!: string | null;
  @TextOrNull() closedAt!: string | null;
  @TextOrNull() metAt!: string | null;
  @FlagOrNull() late!: boolean | null;
  /** Position of the event that last changed it. */
  @Position() position!: bigint;
}

type Told = Readonly<{
  event: DutyEvent & Readonly<{ meta: EventMeta; position: bigint }>;
  stream: string;
  id: string;
  kind: AnyStreamKind;
}>;

export const duty: ReadModel<DutyRow> = {
  name: 'duty',
  entity: DutyRow,
  revision: 1,
  streamColumn: 'stream',
  keyOf: ({ dutyId }) => dutyId,
  remembers: { column: 'status', value: 'open' },
  fold: ({ event, kind, id }, rows) => {
    // Events that are not about duties fall through the switch below.
    const told: Told = { event: event as Told['event'], stream: event.stream, id, kind };
    const row = rowAfter(told, rows);
    return row === undefined ? [] : [{ ...row, position: event.position }];
  },
};

function rowAfter(told: Told, rows: RowsOfStream<DutyRow>): DutyRow | undefined {
  const { event } = told;
  const { at } = event.meta;
  if (event.type === 'DutyOpened') return opened(told, event);
  const row = rows.get((event.data as { dutyId?: string }).dutyId ?? '');
  if (row === undefined) return undefined;
  switch (event.type) {
    case 'DutyDischarged': {
      const { evidence, metAt, late } = event.data;
      return { ...row, status: 'discharged', closedBy: evidence, closedAt: at, metAt, late };
    }
    case 'DutyLapsed':
      return { ...row, status: 'lapsed', closedBy: event.data.causedBy, closedAt: at };
    case 'DutyWaived':
      return { ...row, status: 'waived', closedBy: event.meta.id, closedAt: at };
    case 'DutyBreached':
      return { ...row, breachedAt: event.data.noticedAt };
    case 'DutyReminded':
      return { ...row, remindedAt: at };
    case 'DutyExtended': {
      const { dueAt } = event.data;
      return { ...row, dueAt, dueAtMs: toMilliseconds(dueAt), extended: row.extended + 1, breachedAt: null, remindedAt: null };
    }
    case 'DutyTransferred': {
      const { from, to } = event.data;
      return { ...row, owedBy: to, transfers: [...row.transfers, { from, to, at }] };
    }
    default:
      return undefined;
  }
}

function opened({ stream, id, kind }: Told, { data, meta, position }: Extract<DutyEvent, { type: 'DutyOpened' }> & Told['event']): DutyRow {
  const { dutyId, key, basis, owedBy, owedTo, about, force, startsAt, dueAt, policy, counted, provisional, causedBy } = data;
  const rule = kind.duties.find((candidate) => candidate.key === key);
  return {
    ...{ stream, dutyId, streamId: id, key, zh: rule?.zh ?? key, en: rule?.en ?? key },
    ...{ basis, owedBy, owedTo, about, force, openedAt: meta.at, startsAt, dueAt, policy, counted, provisional, causedBy },
    ...{
      dueAtMs: toMilliseconds(dueAt),
      firstDueAt: dueAt,
      status: 'open',
      breachedAt: null,
      remindedAt: null,
      extended: 0,
      transfers: [],
    },
    ...{ closedBy: null, closedAt: null, metAt: null, late: null, position },
  };
}
