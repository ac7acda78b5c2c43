import type { Query } from '@guitu/event-log';
import type { DataSource, EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';
import { jsonValue, plainValue, textListValue, type CopyValue } from './copy-text';

/** One table of one generation: its place, and how its rows go in and out. Made from the entity alone. */
export type Table = Readonly<{
  /** Bare name, such as `duty`. */
  name: string;
  /** With its schema, quoted. */
  place: string;
  keys: readonly string[];
  /** The table with its key, and then each of its other indexes. */
  createSql: readonly string[];
  /** The rows whose column holds one of the values, and which meet the condition. */
  load(query: Query, where: Where): Promise<readonly object[]>;
  /** Writes rows, each in place of the one with its key, in a handful of statements. */
  write(query: Query, rows: readonly object[]): Promise<void>;
  /** What {@link write} does as a part of a statement that does more: its text, and the value that it takes where `parameter` (such as `$3`) stands. */
  upsert(parameter: string): string;
  /** Rows as the value of an {@link upsert}. */
  rowsValue(rows: readonly object[]): string;
  /** A row as a line of COPY's text format, with its line break. */
  line(row: object): string;
  /** Adds rows that are new, given as their lines, in one statement. */
  copy(query: Query, lines: readonly string[]): Promise<void>;
}>;

type Where = Readonly<{ column: string; values: readonly string[]; and?: Readonly<{ column: string; value: string }> }>;

/** How many rows one statement carries: enough to forget the round trip, small enough for the server's memory. */
export const rowsPerStatement = 2_000;

export function tableOf(source: DataSource, entity: new () => object, schema: string): Table {
  const metadata = source.getMetadata(entity);
  const { tableName: name } = metadata;
  const place = `${quoted(schema)}.${quoted(name)}`;
  const keys = metadata.primaryColumns.map(({ databaseName }) => databaseName);
  const upsert = (parameter: string): string => upsertSql(place, metadata, { keys, parameter });
  const rowsValue = (rows: readonly object[]): string => JSON.stringify(rows.map((row) => rawFrom(metadata, row)));
  const copyIn = `copy ${place} (${metadata.columns.map(({ databaseName }) => quoted(databaseName)).join(', ')}) from stdin`;
  return {
    name,
    place,
    keys,
    createSql: createSql(place, metadata),
    load: async (query, where) => {
      const { sql, values } = selectSql(place, metadata, where);
      return (await query<Readonly<Record<string, unknown>>>(sql, values)).map((raw) => rowFrom(metadata, raw));
    },
    write: async (query, rows) => {
      for (let start = 0; start < rows.length; start += rowsPerStatement)
        await query(upsert('$1'), [rowsValue(rows.slice(start, start + rowsPerStatement))]);
    },
    upsert,
    rowsValue,
    line: lineOf(metadata),
    copy: async (query, lines) => {
      if (lines.length > 0) await query(copyIn, [lines.join('')]);
    },
  };
}

/** The table with this name in a generation. */
export function tableIn({ number, tables }: Readonly<{ number: number; tables: ReadonlyMap<string, Table> }>, name: string): Table {
  const found = tables.get(name);
  if (found === undefined) throw new Error(`There is no table ${name} in generation ${number}.`);
  return found;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const typeOf = ({ type, isArray }: ColumnMetadata): string => `${String(type)}${isArray ? '[]' : ''}`;

function createSql(place: string, { columns, primaryColumns, indices }: EntityMetadata): readonly string[] {
  const lines = columns.map((column) => {
    const collation = column.collation === undefined ? '' : ` collate ${quoted(column.collation)}`;
    return `${quoted(column.databaseName)} ${typeOf(column)}${collation}${column.isNullable ? '' : ' not null'}`;
  });
  const list = (some: readonly ColumnMetadata[]): string => some.map(({ databaseName }) => quoted(databaseName)).join(', ');
  return [
    `create table ${place} (${[...lines, `primary key (${list(primaryColumns)})`].join(', ')})`,
    ...indices.map(({ columns: on, isUnique }) => `create ${isUnique ? 'unique ' : ''}index on ${place} (${list(on)})`),
  ];
}

function upsertSql(
  place: string,
  { columns }: EntityMetadata,
  { keys, parameter }: Readonly<{ keys: readonly string[]; parameter: string }>,
): string {
  const names = columns.map(({ databaseName }) => quoted(databaseName));
  const typed = columns.map((column) => `${quoted(column.databaseName)} ${typeOf(column)}`).join(', ');
  const others = columns.map(({ databaseName }) => databaseName).filter((name) => !keys.includes(name));
  const change = others.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ');
  return `insert into ${place} (${names.join(', ')}) select ${names.join(', ')} from json_to_recordset(${parameter}::json) as r(${typed})
    on conflict (${keys.map(quoted).join(', ')}) do update set ${change}`;
}

function selectSql(place: string, metadata: EntityMetadata, { column, values, and }: Where): { sql: string; values: readonly unknown[] } {
  const name = (property: string): string => quoted(metadata.findColumnWithPropertyName(property)?.databaseName ?? property);
  const also = and === undefined ? '' : ` and ${name(and.column)} = $2`;
  const sql = `select * from ${place} where ${name(column)} = any($1)${also}`;
  return { sql, values: [values, ...(and === undefined ? [] : [and.value])] };
}

/** int8 comes as text and goes back as a number or a bigint: the column's transformer knows which. */
function rowFrom({ columns }: EntityMetadata, raw: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(columns.map((column) => [column.propertyName, transformed(column, raw[column.databaseName])]));
}

function transformed({ transformer }: ColumnMetadata, value: unknown): unknown {
  return transformer === undefined || Array.isArray(transformer) ? value : (transformer.from(value) as unknown);
}

function rawFrom({ columns }: EntityMetadata, row: object): object {
  const values = row as Readonly<Record<string, unknown>>;
  return Object.fromEntries(columns.map(({ databaseName, propertyName }) => [databaseName, plain(values[propertyName])]));
}

const plain = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

function lineOf({ columns }: EntityMetadata): (row: object) => string {
  const writers = columns.map((column) => [column.propertyName, copyValueOf(column)] as const);
  return (row) => {
    const values = row as Readonly<Record<string, unknown>>;
    let line = '';
    for (const [name, write] of writers) line += `${line === '' ? '' : '\t'}${write(values[name])}`;
    return `${line}\n`;
  };
}

const copyValueOf = ({ type, isArray }: ColumnMetadata): CopyValue =>
  type === 'json' || type === 'jsonb' ? jsonValue : isArray ? textListValue : plainValue;
