import { BrokenStream, type Recorded } from '@guitu/history';
import { evolve, findStreamKindOf, isBookkeeping, nothing, type AnyStreamKind, type Situation } from '@guitu/rescue';
import { idOfStream, rowsRemembered, type AnyReadModel, type Happening } from './read-model';

/** Rows of one stream by their table and then by their key inside the stream. */
export type StreamRows = ReadonlyMap<string, ReadonlyMap<string, object>>;

/** Where a stream stands, and those of its rows that the models want to see again. All that folding its next event needs. */
export type Standing = Readonly<{ situation: Situation; position: bigint; rows: StreamRows }>;

/** What a page made of one stream: where it stands now, and the rows to be written, each once as it is at the end. */
export type Folded = Standing & Readonly<{ written: StreamRows }>;

/** The streams that a page touched, in order of their first event in it. */
export type PageResult = ReadonlyMap<string, Folded>;

type Folding = {
  readonly stream: string;
  readonly kind: AnyStreamKind;
  readonly id: string;
  readonly models: readonly AnyReadModel[];
  situation: Situation;
  position: bigint;
  /** Those that this page has written to are its own; the others belong to whoever handed them in. */
  readonly rows: Map<string, ReadonlyMap<string, object>>;
  readonly written: Map<string, Map<string, object>>;
};

/** The streams that a page touches, each once. */
export const streamsOf = (events: readonly Recorded[]): readonly string[] => [...new Set(events.map(({ stream }) => stream))];

/** Whether the model looks at this stream. One without a category looks at all but Guitu's own bookkeeping. */
export const follows = ({ category }: AnyReadModel, stream: string): boolean =>
  category === undefined ? !isBookkeeping(stream) : stream.startsWith(`${category}-`);

/** The rows of one table that a page has to write. */
export const writtenTo = (result: PageResult, table: string): readonly object[] =>
  [...result.values()].flatMap(({ written }) => [...(written.get(table)?.values() ?? [])]);

/**
 * Folds a page: one event after the other, each through every model that follows its stream. Pure: the same events give the same rows, however
 * they are cut into pages. A stream that `before` does not tell of begins in this page.
 * @throws BrokenStream when a version is missing or comes twice
 */
export function foldPage(
  models: readonly AnyReadModel[],
  before: Readonly<{ get(stream: string): Standing | undefined }>,
  events: readonly Recorded[],
): PageResult {
  const result = new Map<string, Folding>();
  for (const event of events) {
    const folding = result.get(event.stream) ?? begin(models, event.stream, before.get(event.stream));
    result.set(event.stream, folding);
    foldEvent(folding, event);
  }
  return result;
}

/**
 * Folds events of one stream that follow each other; `before` is undefined when the first of them begins it.
 * @throws BrokenStream when a version is missing or comes twice
 */
export function foldStream(
  models: readonly AnyReadModel[],
  { stream, before }: Readonly<{ stream: string; before: Standing | undefined }>,
  events: readonly Recorded[],
): Folded {
  const folding = begin(models, stream, before);
  for (const event of events) foldEvent(folding, event);
  return folding;
}

function begin(models: readonly AnyReadModel[], stream: string, before: Standing | undefined): Folding {
  const kind = findStreamKindOf(stream);
  return {
    ...{ stream, kind, id: idOfStream(stream), models: models.filter((model) => follows(model, stream)) },
    situation: before?.situation ?? nothing<unknown>(kind.initial),
    position: before?.position ?? 0n,
    rows: new Map(before?.rows),
    written: new Map(),
  };
}

function foldEvent(folding: Folding, event: Recorded): void {
  const { stream, kind, id, situation: before } = folding;
  if (event.version !== before.version + 1) throw new BrokenStream(stream, before.version + 1, event.version);
  const after = evolve(kind, before, event);
  folding.situation = after;
  folding.position = event.position;
  const happening: Happening = { event, kind, id, before, after };
  for (const model of folding.models) foldInto(model, folding, happening);
}

const noRows: ReadonlyMap<string, object> = new Map();

function foldInto(model: AnyReadModel, folding: Folding, happening: Happening): void {
  // The list pairs each model with its own rows; the compiler checked that pair where the model was written.
  const fold = model.fold as (happening: Happening, rows: ReadonlyMap<string, object>) => readonly object[];
  const changed = fold(happening, folding.rows.get(model.name) ?? noRows);
  if (changed.length === 0) return;
  const keyOf = model.keyOf as (row: object) => string;
  const written = folding.written.get(model.name) ?? new Map<string, object>();
  folding.written.set(model.name, written);
  for (const row of changed) written.set(keyOf(row), row);
  const rows = rowsRemembered(model, folding.rows.get(model.name) ?? noRows, changed);
  if (rows !== undefined) folding.rows.set(model.name, rows);
}
