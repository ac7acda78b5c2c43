import type { LedgerHead } from './erasure-ledger-lines';
import type { KeyRange } from './key-life-store';
import { nameColumns, type Sql } from './sql-key-rows';

/** What the key store knows of the erasure ledger. */
export type LedgerNote = Readonly<{
  /** The head up to which the ledger was applied; undefined before a ledger was met. */
  read(): Promise<LedgerHead | undefined>;
  /** Notes this head where none is noted. */
  adopt(head: LedgerHead): Promise<void>;
  /** Whether any version in these ranges still has its wrapped bytes. */
  anyLeft(ranges: readonly KeyRange[]): Promise<boolean>;
}>;

/** The note in the schema `personal_data`, as `guitu_keys` or `guitu_erasure`. */
export function sqlLedgerNote(sql: Sql): LedgerNote {
  return {
    read: () => readNote(sql, ''),
    async adopt({ ledger, count, digest }) {
      await sql.query(adopt, [ledger, count, digest]);
    },
    async anyLeft(ranges) {
      const [row] = await sql.query<{ left: boolean }>(anyLeft, [...nameColumns(ranges), ranges.map(({ upTo }) => upTo)]);
      return row?.left === true;
    },
  };
}

/** Reads the note and keeps others from changing it until the end of this transaction, as `guitu_erasure`. */
export const lockedNote = (sql: Sql): Promise<LedgerHead | undefined> => readNote(sql, 'for update');

export async function moveNote(sql: Sql, { ledger, count, digest }: LedgerHead): Promise<void> {
  await sql.query('update personal_data.ledger_applied set ledger = $1, entries = $2, digest = $3', [ledger, count, digest]);
}

async function readNote(sql: Sql, locking: string): Promise<LedgerHead | undefined> {
  const [row] = await sql.query<LedgerHead>(`select ledger, entries as count, digest from personal_data.ledger_applied ${locking}`);
  return row;
}

const adopt = `insert into personal_data.ledger_applied (ledger, entries, digest) values ($1, $2, $3) on conflict do nothing`;

const anyLeft = `
  select exists (
    select from personal_data.subject_key k join unnest($1::uuid[], $2::text[], $3::int[]) as w (subject_ref, class, up_to) using (subject_ref, class)
    where k.version <= w.up_to and k.wrapped is not null
  ) as left`;
