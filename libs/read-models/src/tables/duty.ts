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
    return row === undefined ? [] : [row];
  },
};

function rowAfter(told: Told, rows: RowsOfStream<DutyRow>): DutyRow | undefined {
  const { event } = told;
  if (event.type === 'DutyOpened') return opened(told, event);
  const row = rows.get((event.data as { dutyId?: string }).dutyId ?? '');
  const change = row === undefined ? undefined : changeOf(row, event);
  return row === undefined || change === undefined ? undefined : { ...row, ...change, position: event.position };
}

function changeOf(row: DutyRow, event: Told['event']): Partial<DutyRow> | undefined {
  const { at } = event.meta;
  switch (event.type) {
    case 'DutyDischarged': {
      const { evidence, metAt, late } = event.data;
      return { status: 'discharged', closedBy: evidence, closedAt: at, metAt, late };
    }
    case 'DutyLapsed':
      return { status: 'lapsed', closedBy: event.data.causedBy, closedAt: at };
    case 'DutyWaived':
      return { status: 'waived', closedBy: event.meta.id, closedAt: at };
    case 'DutyBreached':
      return { breachedAt: event.data.noticedAt };
    case 'DutyReminded':
      return { remindedAt: at };
    case 'DutyExtended': {
      const { dueAt } = event.data;
      return { dueAt, dueAtMs: toMilliseconds(dueAt), extended: row.extended + 1, breachedAt: null, remindedAt: null };
    }
    case 'DutyTransferred': {
      const { from, to } = event.data;
      return { owedBy: to, transfers: [...row.transfers, { from, to, at }] };
    }
    default:
      return undefined;
  }
}

// Written out, not spread together: an object of so many fields is made a great deal faster so.
function opened({ stream, id, kind }: Told, { data, meta, position }: Extract<DutyEvent, { type: 'DutyOpened' }> & Told['event']): DutyRow {
  const rule = kind.duties.find((candidate) => candidate.key === data.key);
  return {
    stream,
    dutyId: data.dutyId,
    streamId: id,
    key: data.key,
    zh: rule?.zh ?? data.key,
    en: rule?.en ?? data.key,
    basis: data.basis,
    owedBy: data.owedBy,
    owedTo: data.owedTo,
    about: data.about,
    force: data.force,
    openedAt: meta.at,
    startsAt: data.startsAt,
    dueAt: data.dueAt,
    dueAtMs: toMilliseconds(data.dueAt),
    firstDueAt: data.dueAt,
    policy: data.policy,
    counted: data.counted,
    provisional: data.provisional,
    causedBy: data.causedBy,
    status: 'open',
    breachedAt: null,
    remindedAt: null,
    extended: 0,
    transfers: [],
    closedBy: null,
    closedAt: null,
    metAt: null,
    late: null,
    position,
  };
}
