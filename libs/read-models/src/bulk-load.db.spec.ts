import type { Database } from '@guitu/event-log';
import { AuditTrail, type AuditEntry } from '@guitu/history';
import { DataSource, Entity } from 'typeorm';
import { bulkLoad } from './bulk-load';
import {
  Count,
  CountOrNull,
  Flag,
  Json,
  JsonOrNull,
  KeyText,
  Milliseconds,
  OrderedJson,
  Position,
  Text,
  TextList,
  TextOrNull,
} from './columns';
import { databaseOf, readDataSource } from './database';
import { beginGeneration, dropGeneration, generationOf, lockCheckpoint } from './generation';
import { allOf, escortedHome, playMixed, specHistory, wholeLoop, type SpecHistory } from './histories-for-specs';
import { tableOf } from './table-rows';
import { follow, specTables, type SpecTables } from './tables-for-specs';

let tables: SpecTables;
beforeAll(async () => {
  tables = await specTables();
});
beforeEach(() => tables.reset());
afterAll(() => tables.drop());

/** One column of every type that a read model may have. */
@Entity('every_column')
class EveryColumn {
  @KeyText() name!: string;
  @Text() text!: string;
  @TextOrNull() textOrNull!: string | null;
  @TextList() list!: readonly string[];
  @Count() count!: number;
  @CountOrNull() countOrNull!: number | null;
  @Flag() flag!: boolean;
  @Milliseconds() at!: number;
  @Position() position!: bigint;
  @Json() json!: object;
  @JsonOrNull() jsonOrNull!: object | null;
  @OrderedJson() ordered!: object;
}

const awkward: Readonly<Record<string, string>> = {
  empty: '',
  'two quotes': '""',
  'a quote and an apostrophe': `"it's"`,
  'a tab': 'a\tb',
  'a backslash': 'a\\b',
  'a backslash at the end': 'a\\',
  'backslash and n, not a line break': 'a\\nb',
  'line breaks': 'a\nb\r\nc\r',
  'the end of a COPY': '\\.',
  'the end of a COPY on a line of its own': 'a\n\\.\nb',
  'what means null': '\\N',
  'the word null': 'NULL',
  'braces and commas': '{a,b},{}',
  'other control characters': '\b\f\v\u0001\u007f',
  'signs of four bytes': '𠮷野家 🏠',
  'octal and hex': '\\101\\x41',
};

const rowOf = (name: string, text: string): EveryColumn => ({
  ...{ name, text, textOrNull: text, list: [text, '', 'NULL', text], count: -2_147_483_648, countOrNull: 0, flag: text === '' },
  ...{ at: 1_603_728_000_000, position: 9_007_199_254_740_993n },
  ...{ json: { b: text, a: [text, null, { [text]: text }] }, jsonOrNull: {}, ordered: { z: text, a: text } },
});
const nothings: EveryColumn = {
  ...rowOf('nothings', ''),
  ...{ textOrNull: null, list: [], countOrNull: null, jsonOrNull: null, json: [] },
};

describe('rows on their way through COPY', () => {
  let source: DataSource;
  let database: Database;
  beforeAll(async () => {
    const { options } = readDataSource(tables.url, 2);
    source = await new DataSource({ ...options, entities: [EveryColumn] } as DataSource['options']).initialize();
    database = databaseOf(source);
    await database.query('create schema copied');
  });
  afterAll(() => source.destroy());
  const fresh = async () => {
    const table = tableOf(source, EveryColumn, 'copied');
    await database.query(`drop table if exists ${table.place}`);
    for (const sql of table.createSql) await database.query(sql);
    return table;
  };

  it('come back as they were, and the same as through an upsert', async () => {
    const rows = [...Object.entries(awkward).map(([name, text]) => rowOf(name, text)), nothings];
    const names = rows.map(({ name }) => name);
    const back = async (write: 'copy' | 'write'): Promise<readonly object[]> => {
      const table = await fresh();
      await database.transaction((query) => (write === 'copy' ? table.copy(query, rows.map(table.line)) : table.write(query, rows)));
      const found = (await table.load(database.query, { column: 'name', values: names })) as readonly EveryColumn[];
      return [...found].sort((one, other) => names.indexOf(one.name) - names.indexOf(other.name));
    };
    expect(await back('copy')).toEqual(rows);
    expect(await back('write')).toEqual(rows);
  });
  it('keep null apart from what is empty, and the order of fields where it matters', async () => {
    const table = await fresh();
    await database.transaction((query) => table.copy(query, [table.line(rowOf('empty', '')), table.line(nothings)]));
    const sql = `select name, text_or_null is null as text, json_or_null is null as json, list = '{}' as list, ordered::text from ${table.place} order by name`;
    expect(await database.query(sql)).toEqual([
      { name: 'empty', text: false, json: false, list: false, ordered: '{"z":"","a":""}' },
      { name: 'nothings', text: true, json: true, list: true, ordered: '{"z":"","a":""}' },
    ]);
  });
  it.each([
    ['a text', { text: 'a\u0000b' }],
    ['a list', { list: ['a\u0000b'] }],
    ['JSON', { json: { a: 'a\u0000b' } }],
  ])('are refused with a NUL in %s, which PostgreSQL cannot keep; none of them is written', async (_what, change) => {
    const table = await fresh();
    const lines = [rowOf('good', 'good'), { ...rowOf('bad', 'bad'), ...change }].map(table.line);
    await expect(database.transaction((query) => table.copy(query, lines))).rejects.toThrow();
    expect(await table.load(database.query, { column: 'name', values: ['good', 'bad'] })).toEqual([]);
  });
  it('are refused with a key that is there already, and the connection goes on', async () => {
    const table = await fresh();
    const line = table.line(rowOf('once', 'once'));
    await expect(database.transaction((query) => table.copy(query, [line, line]))).rejects.toThrow('duplicate key');
    await database.transaction((query) => table.copy(query, [line]));
    expect(await table.load(database.query, { column: 'name', values: ['once'] })).toHaveLength(1);
  });
});

describe('a load in bulk', () => {
  let source: DataSource;
  let database: Database;
  beforeAll(async () => {
    source = await readDataSource(tables.url, 2).initialize();
    database = databaseOf(source);
  });
  afterAll(() => source.destroy());

  /** Many cases side by side, so that each comes back after others have pushed it out, and between them what was recorded about readers. */
  async function manyCases(): Promise<SpecHistory> {
    const history = await specHistory();
    const { log, keyring, world } = history;
    const trail = new AuditTrail({ log, keyring, world });
    const by = { agency: 'taicang-station', user: 'u1', client: 'c1', role: 'staff' as const };
    const cases = Array.from({ length: 5 }, (_, index) => allOf(index % 2 === 0 ? wholeLoop : escortedHome, 14 + index));
    for (const [index, mixed] of [cases.slice(0, 3), cases].entries()) {
      await playMixed(history, mixed);
      const read = {
        purpose: 'CARE',
        streams: ['case-random-0'],
        classes: ['identity'],
        count: 2,
        requestId: `r-${index}`,
        rule: 'participants',
      };
      await trail.record({ type: 'PersonalDataRead', by, data: read } as AuditEntry);
    }
    const kept = await log.readAll(0n, 10_000);
    expect(kept.filter(({ stream }) => stream.startsWith('audit-'))).toHaveLength(2);
    return history;
  }

  it.each([0, 1, 40])('that holds %i events at a time makes the rows that pages make', async (eventsHeld) => {
    const history = await manyCases();
    await follow(await tables.open(), history, 7);
    const live = generationOf(source, 1);
    const fresh = generationOf(source, 9);
    const upTo = await history.log.head();
    await database.transaction(async (query) => {
      await beginGeneration(query, fresh, 'of a spec');
      const at = (await lockCheckpoint(query, fresh.number))!;
      await bulkLoad({ log: history.log, page: 3, eventsHeld }, { query, fresh, at, upTo });
    });
    const rowsIn = async (place: string): Promise<readonly string[]> =>
      (await database.query<{ row: string }>(`select row_to_json(t)::text as row from ${place} t order by 1`)).map(({ row }) => row);
    for (const { name, place } of fresh.tables.values())
      expect([name, await rowsIn(place)]).toEqual([name, await rowsIn(live.tables.get(name)!.place)]);
    await database.transaction((query) => dropGeneration(query, fresh.number));
  });
  it('in a rebuild treats what was recorded about readers as following does', async () => {
    const history = await manyCases();
    const readModels = await tables.open();
    await follow(readModels, history, 5);
    const live = await tables.dump();
    expect(await readModels.rebuild(history.log, 4)).toMatchObject({ differing: 0, position: await history.log.head() });
    expect(await tables.dump()).toEqual(live);
  });
});
