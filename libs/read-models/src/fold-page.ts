import { BrokenStream, type Recorded } from '@guitu/history';
import { evolve, findStreamKindOf, nothing, type Situation } from '@guitu/rescue';
import { idOfStream, type AnyReadModel, type Happening } from './read-model';

/** The rows of one table that a page touched, by stream and then by their key inside it. */
export type TableRows = ReadonlyMap<string, ReadonlyMap<string, object>>;

/** What the fold of a page starts from: where the touched streams stand, and the rows that the models remember. */
export type Before = Readonly<{ situations: ReadonlyMap<string, Situation>; rows: ReadonlyMap<string, TableRows> }>;

/** What a page came to: where each touched stream stands, and the rows to be written, by table. Each row once, in order of its first change. */
export type PageResult = Readonly<{
  situations: ReadonlyMap<string, Readonly<{ situation: Situation; position: bigint }>>;
  written: ReadonlyMap<string, readonly object[]>;
}>;

type Folding = Readonly<{
  situations: Map<string, { situation: Situation; position: bigint }>;
  /** By table, then by stream and key. */
  seen: Map<string, Map<string, Map<string, object>>>;
  written: Map<string, Map<string, object>>;
}>;

/** The streams that a page touches, each once. */
export const streamsOf = (events: readonly Recorded[]): readonly string[] => [...new Set(events.map(({ stream }) => stream))];

/** Whether the model looks at this stream. */
export const follows = ({ category }: AnyReadModel, stream: string): boolean => category === undefined || stream.startsWith(`${category}-`);

/**
 * Folds a page: one event after the other, each through every model that follows its stream. Pure: the same events give the same rows, however
 * they are cut into pages.
 * @throws BrokenStream when a version is missing or comes twice
 */
export function foldPage(models: readonly AnyReadModel[], before: Before, events: readonly Recorded[]): PageResult {
  const folding: Folding = { situations: new Map(), seen: new Map(), written: new Map() };
  for (const event of events) foldEvent(models, { before, folding }, event);
  return { situations: folding.situations, written: new Map([...folding.written].map(([name, rows]) => [name, [...rows.values()]])) };
}

function foldEvent(
  models: readonly AnyReadModel[],
  { before, folding }: Readonly<{ before: Before; folding: Folding }>,
  event: Recorded,
): void {
  const { stream } = event;
  const kind = findStreamKindOf(stream);
  const was = folding.situations.get(stream)?.situation ?? before.situations.get(stream);
  const start = was ?? nothing<unknown>(kind.initial);
  if (event.version !== start.version + 1) throw new BrokenStream(stream, start.version + 1, event.version);
  const after = evolve(kind, start, event);
  folding.situations.set(stream, { situation: after, position: event.position });
  const happening: Happening = { event, kind, id: idOfStream(stream), before: start, after };
  for (const model of models) if (follows(model, stream)) foldInto(model, { before, folding }, happening);
}

function foldInto(model: AnyReadModel, { before, folding }: Readonly<{ before: Before; folding: Folding }>, happening: Happening): void {
  const { stream } = happening.event;
  const tables = inner(folding.seen, model.name);
  const rows = tables.get(stream) ?? new Map(before.rows.get(model.name)?.get(stream));
  tables.set(stream, rows);
  // The list pairs each model with its own rows; the compiler checked that pair where the model was written.
  const fold = model.fold as (happening: Happening, rows: ReadonlyMap<string, object>) => readonly object[];
  const keyOf = model.keyOf as (row: object) => string;
  for (const row of fold(happening, rows)) {
    const key = keyOf(row);
    rows.set(key, row);
    inner(folding.written, model.name).set(`${stream} ${key}`, row);
  }
}

function inner<V>(maps: Map<string, Map<string, V>>, name: string): Map<string, V> {
  const found = maps.get(name) ?? new Map<string, V>();
  maps.set(name, found);
  return found;
}
