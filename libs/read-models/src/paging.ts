import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Which part of a list is wanted: at most `limit` rows (1 to 200) after the row that `cursor` names. */
export type PageRequest = Readonly<{ limit?: number; cursor?: string }>;
/** A part of a list in its stable order. `next` is the cursor of the following part; null at the end. */
export type Page<Row> = Readonly<{ rows: readonly Row[]; next: string | null }>;

export const pageLimits = { default: 50, largest: 200 } as const;
const longestCursor = 2_000;

/** A limit outside 1 to 200, or a cursor that no page of this list has given. */
export class InvalidPage extends Error {
  constructor(readonly field: 'limit' | 'cursor') {
    super(field === 'limit' ? `A page has 1 to ${pageLimits.largest} rows.` : 'This cursor belongs to no page of this list.');
    this.name = 'InvalidPage';
  }
}

/** The columns that order a list; together they name a row, so that a page goes on exactly where the last one ended. */
export type Order<Row> = readonly (keyof Row & string)[];

/** One page of what the query selects, ordered and cut by keyset: rows that come or go elsewhere never shift it. @throws InvalidPage */
export async function pageOf<Row extends ObjectLiteral>(
  select: SelectQueryBuilder<Row>,
  order: Order<Row>,
  { limit = pageLimits.default, cursor }: PageRequest,
): Promise<Page<Row>> {
  if (!Number.isInteger(limit) || limit < 1 || limit > pageLimits.largest) throw new InvalidPage('limit');
  for (const column of order) select.addOrderBy(`${select.alias}.${column}`, 'ASC');
  if (cursor !== undefined) afterCursor(select, order, cursor);
  const rows = await select.limit(limit + 1).getMany();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit), next: last === undefined ? null : cursorOf(last, order) };
}

function afterCursor<Row extends ObjectLiteral>(select: SelectQueryBuilder<Row>, order: Order<Row>, cursor: string): void {
  const values = cursorValues(cursor, order.length);
  const names = order.map((_, index) => `cursor${index}`);
  const row = order.map((column) => `${select.alias}.${column}`).join(', ');
  const parameters = Object.fromEntries(names.map((name, index) => [name, values[index]]));
  order.forEach((column, index) => checkValue(select, column, values[index]));
  select.andWhere(`(${row}) > (${names.map((name) => `:${name}`).join(', ')})`, parameters);
}

/** A foreign cursor would make the database complain about types; it gets the answer of this room instead. */
function checkValue<Row extends ObjectLiteral>(select: SelectQueryBuilder<Row>, column: string, value: string | undefined): void {
  const type = select.expressionMap.mainAlias?.metadata.findColumnWithPropertyName(column)?.type;
  const whole = value !== undefined && /^-?\d{1,15}$/.test(value);
  if (value === undefined || value.includes('\0') || (type !== 'text' && !whole)) throw new InvalidPage('cursor');
}

const cursorOf = <Row extends object>(row: Row, order: Order<Row>): string =>
  Buffer.from(JSON.stringify(order.map((column) => String(row[column]))), 'utf8').toString('base64url');

function cursorValues(cursor: string, count: number): readonly string[] {
  try {
    if (cursor.length > longestCursor) throw new InvalidPage('cursor');
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.length === count && values.every((value) => typeof value === 'string')) return values as string[];
  } catch {
    // Not base64url, not JSON: the same answer as for any other foreign cursor.
  }
  throw new InvalidPage('cursor');
}
