import fc from 'fast-check';
import { BrokenStream, recordedOf, type Recorded } from '@guitu/history';
import { foldPage, follows, writtenTo, type Standing } from './fold-page';
import { allOf, escortedHome, playMixed, specHistory, wholeLoop } from './histories-for-specs';
import { readModels } from './list';
import { randomHistory, randomPage } from './random-histories-for-specs';
import { situationFrom, storedSituation } from './stream-state';
import { findStreamKindOf } from '@guitu/rescue';

const nothingBefore: ReadonlyMap<string, Standing> = new Map();

/** Folds in pages without a database: what a page leaves behind goes through JSON, as it does through a table. */
function foldInPages(events: readonly Recorded[], page: number): string {
  const states = new Map<string, string>();
  const standings = new Map<string, Standing>();
  const rows = new Map<string, Map<string, Map<string, object>>>();
  for (let start = 0; start < events.length; start += page) {
    const result = foldPage(readModels, standings, events.slice(start, start + page));
    for (const [stream, { situation, position, rows: remembered }] of result) {
      const stored = JSON.stringify(storedSituation(situation));
      states.set(stream, stored);
      const read = situationFrom(findStreamKindOf(stream), JSON.parse(stored) as never);
      standings.set(stream, { situation: read, position, rows: structuredClone(remembered) });
    }
    for (const model of readModels) remember(rows, model, { events, written: writtenTo(result, model.name) });
  }
  const bigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
  const tables = [...rows].sort().map(([name, streams]) => [name, [...streams].sort().map(([stream, own]) => [stream, [...own].sort()])]);
  return JSON.stringify([[...states].sort(), tables], bigints);
}

function remember(
  rows: Map<string, Map<string, Map<string, object>>>,
  model: (typeof readModels)[number],
  { events, written }: Readonly<{ events: readonly Recorded[]; written: readonly object[] }>,
): void {
  const table = rows.get(model.name) ?? new Map<string, Map<string, object>>();
  rows.set(model.name, table);
  const keyOf = model.keyOf as (row: object) => string;
  for (const row of written) {
    const value = (row as Record<string, unknown>)[model.streamColumn];
    const category = model.category === undefined ? '' : `${model.category}-`;
    const stream = events.find((event) => event.stream === `${category}${String(value)}`)?.stream ?? '';
    const own = table.get(stream) ?? new Map<string, object>();
    table.set(stream, own.set(keyOf(row), structuredClone(row)));
  }
}

const eventsOf = async (play: Parameters<typeof playMixed>[1]): Promise<readonly Recorded[]> => {
  const history = await specHistory();
  await playMixed(history, play);
  return (await history.log.readAll(0n, 5_000)).map((record) => recordedOf(record));
};

describe('the fold of a page', () => {
  it('gives the same rows however the events are cut into pages', () =>
    fc.assert(
      fc.asyncProperty(randomHistory, randomPage, async (cases, page) => {
        const events = await eventsOf(cases);
        expect(foldInPages(events, page)).toBe(foldInPages(events, events.length));
      }),
      { numRuns: 40 },
    ));
  it('gives the same rows for each case whatever lies between its events', async () => {
    const events = await eventsOf([allOf(escortedHome), allOf(wholeLoop, 9)]);
    const rowsOf = (some: readonly Recorded[]) => {
      const folded = foldPage(readModels, nothingBefore, some);
      return readModels.map(({ name }) => [name, writtenTo(folded, name).filter((row) => 'caseId' in row && row.caseId === 'random-0')]);
    };
    expect(rowsOf(events)).toEqual(rowsOf(events.filter(({ stream }) => stream !== 'case-random-1')));
  });
  it('stops at a hole in the versions of a stream, and at an event that comes twice', async () => {
    const events = await eventsOf([allOf(wholeLoop, 4)]);
    const own = events.filter(({ stream }) => stream === 'case-random-0');
    const [first, second, third] = own;
    expect(() => foldPage(readModels, nothingBefore, [first!, third!])).toThrow(BrokenStream);
    expect(() => foldPage(readModels, nothingBefore, [first!, second!, second!])).toThrow(BrokenStream);
    expect(() => foldPage(readModels, nothingBefore, [second!])).toThrow(BrokenStream);
  });
});

describe('audit streams', () => {
  it('are folded by the one read model that is about them', () => {
    expect(readModels.filter((model) => follows(model, 'audit-20201012-00-1')).map(({ name }) => name)).toEqual(['disclosure']);
    expect(readModels.filter((model) => follows(model, 'case-1')).map(({ name }) => name)).toContain('timeline');
  });
});
