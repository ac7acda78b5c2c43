import type { Recorded } from '@guitu/history';
import type { AnyStreamKind, Situation } from '@guitu/rescue';

/** One event and where its stream stood before and after it. Values about persons are sealed. */
export type Happening<S = unknown> = Readonly<{
  event: Recorded;
  kind: AnyStreamKind;
  /** The stream's name without its category. */
  id: string;
  before: Situation<S>;
  after: Situation<S>;
}>;

/** The rows of one stream that the fold sees, by their key inside the stream. */
export type RowsOfStream<Row> = ReadonlyMap<string, Row>;

/**
 * One table that agencies look at: a fold over the events of each stream. It is pure and sees one event after the other, live and in a rebuild.
 * It gives the rows that the event made or changed, whole. Rows are never taken away: what ended says so.
 */
export type ReadModel<Row extends object, S = unknown> = Readonly<{
  /** The table's name. */
  name: string;
  entity: new () => Row;
  /** Raised when the fold changes: rows made by another revision are rebuilt, never mixed with new ones. */
  revision: number;
  /** The kind of stream that it follows; absent: every kind. */
  category?: string;
  /** The column that names the stream: its id, or its whole name where the model follows every kind. */
  streamColumn: keyof Row & string;
  /** Names a row inside its stream: the value of the other key columns. */
  keyOf: (row: Row) => string;
  /** Which rows of the stream the fold wants to see again: all, none, or those with this value in a column. A row that lost it never changes again. */
  remembers: 'all' | 'none' | Readonly<{ column: keyof Row & string; value: string }>;
  /** Each row is given once and never changes afterwards. */
  once?: true;
  fold: (happening: Happening<S>, rows: RowsOfStream<Row>) => readonly Row[];
}>;

/** A read model without its types, for the machinery that serves all of them. */
export type AnyReadModel = Omit<ReadModel<object>, 'streamColumn' | 'keyOf' | 'remembers' | 'fold'> &
  Readonly<{
    streamColumn: string;
    keyOf: (row: never) => string;
    remembers: 'all' | 'none' | Readonly<{ column: string; value: string }>;
    fold: (happening: never, rows: never) => readonly object[];
  }>;

/** What the stream column of this model holds for this stream. */
export const streamValue = (model: AnyReadModel, stream: string): string => (model.category === undefined ? stream : idOfStream(stream));

/** The part of a stream's name after its category. */
export const idOfStream = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

/** What the fold will see the next time: the rows it saw and those it changed, as far as the model remembers them. Undefined: none ever. */
export function rowsRemembered(
  { remembers, keyOf }: AnyReadModel,
  before: ReadonlyMap<string, object>,
  changed: readonly object[],
): ReadonlyMap<string, object> | undefined {
  if (remembers === 'none') return undefined;
  const rows = new Map(before);
  for (const row of changed) {
    const key = (keyOf as (row: object) => string)(row);
    const forgotten = remembers !== 'all' && (row as Readonly<Record<string, unknown>>)[remembers.column] !== remembers.value;
    if (forgotten) rows.delete(key);
    else rows.set(key, row);
  }
  return rows;
}
