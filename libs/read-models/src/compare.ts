import type { Query } from '@guitu/event-log';
import type { Generation } from './generation';
import { quoted, type Table } from './table-rows';

/** A row that differs between two generations; `null` on the side where there is none. Texts are the rows as JSON, byte for byte. */
export type RowDifference = Readonly<{ table: string; key: readonly string[]; before: string | null; after: string | null }>;

/** What a comparison found. `differences` holds the first ones only; `differing` counts all. */
export type Comparison = Readonly<{
  rows: Readonly<Record<string, number>>;
  differing: number;
  differences: readonly RowDifference[];
}>;

/** How many differing rows of each table a comparison shows. */
export const differencesShown = 100;

/** Compares two generations row by row, each row as its stored bytes, and where those differ as the bytes of its JSON. No column is left out. */
export async function compareGenerations(query: Query, before: Generation, after: Generation): Promise<Comparison> {
  const rows: Record<string, number> = {};
  const differences: RowDifference[] = [];
  let differing = 0;
  for (const table of after.tables.values()) {
    const [counted] = await query<{ count: string }>(`select count(*) as count from ${table.place}`);
    rows[table.name] = Number(counted?.count ?? 0);
    const found = await differencesOf(query, before.tables.get(table.name), table);
    differing += found.count;
    differences.push(...found.shown);
  }
  return { rows, differing, differences };
}

type Found = Readonly<{ key: readonly string[]; before: string | null; after: string | null; total: string }>;

async function differencesOf(
  query: Query,
  before: Table | undefined,
  after: Table,
): Promise<Readonly<{ count: number; shown: readonly RowDifference[] }>> {
  if (before === undefined) return { count: 0, shown: [] };
  const { name: table, keys, place } = after;
  const key = keys.map((column) => `coalesce(b.${quoted(column)}, a.${quoted(column)})::text`).join(', ');
  const [first = ''] = keys.map(quoted);
  const same = keys.map((column) => `b.${quoted(column)} = a.${quoted(column)}`).join(' and ');
  const found = await query<Found>(
    `select array[${key}] as key, row_to_json(b)::text as before, row_to_json(a)::text as after, count(*) over () as total
     from ${before.place} b full join ${place} a on ${same}
     where (b.${first} is null or a.${first} is null or b *<> a) and row_to_json(b)::text is distinct from row_to_json(a)::text
     order by array[${key}] collate "C" limit ${differencesShown}`,
  );
  const shown = found.map((row) => ({ table, key: row.key, before: row.before, after: row.after }));
  return { count: Number(found[0]?.total ?? 0), shown };
}
