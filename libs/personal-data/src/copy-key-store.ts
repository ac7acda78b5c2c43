import type { KeyStoreTransactions } from './record-erasure';
import type { Sql } from './sql-key-rows';

/** Every table of the schema `personal_data`, in the order in which rows come back. */
export const keyStoreTables = ['subject', 'subject_key', 'service_key', 'blind_index', 'ledger_applied'] as const;
export type KeyStoreTable = (typeof keyStoreTables)[number];

const rowsPerPage = 1_000;

/** Rows of one table, each as JSON text. */
export type KeyStoreRows = Readonly<{ table: KeyStoreTable; rows: readonly string[] }>;

/**
 * Hands all rows over, page by page, as they stood at one moment. Keys are wrapped: without their key-encryption key nothing opens.
 * As `guitu_erasure`.
 */
export function readKeyStore<T>(store: KeyStoreTransactions, take: (pages: AsyncIterable<KeyStoreRows>) => Promise<T>): Promise<T> {
  return store.transaction(async (query) => {
    await query('set transaction isolation level repeatable read, read only');
    return take(pagesOf(query));
  });
}

async function* pagesOf(query: Sql['query']): AsyncGenerator<KeyStoreRows> {
  for (const table of keyStoreTables) {
    await query(`declare rows_to_copy no scroll cursor for select to_jsonb(t)::text as row from personal_data.${table} as t`);
    for (;;) {
      const page = await query<{ row: string }>(`fetch ${rowsPerPage} from rows_to_copy`);
      if (page.length === 0) break;
      yield { table, rows: page.map(({ row }) => row) };
    }
    await query('close rows_to_copy');
  }
}

/** Puts rows back into an empty key store of this version, as its owner. */
export async function putKeyStoreRows(query: Sql['query'], { table, rows }: KeyStoreRows): Promise<void> {
  await query(`insert into personal_data.${table} select * from jsonb_populate_recordset(null::personal_data.${table}, $1::jsonb)`, [
    `[${rows.join(',')}]`,
  ]);
}
