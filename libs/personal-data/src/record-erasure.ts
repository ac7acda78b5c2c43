import { lockedNote, moveNote } from './applied-erasures';
import { ledgerOf } from './check-erasures';
import type { ErasureEntry } from './erasure-ledger-lines';
import type { Sql } from './sql-key-rows';

/** Runs work in one transaction of the key store, as `guitu_erasure`. */
export type KeyStoreTransactions = Readonly<{ transaction<T>(work: (query: Sql['query']) => Promise<T>): Promise<T> }>;

/**
 * Writes an erasure into the ledger, and into the key store that it was applied: to be called when its keys are destroyed, and before anybody is told.
 * Of several processes one works at a time. Calling it again gives the same number.
 *
 * @throws LedgerMissing, LedgerDamaged, UnsafeLedger; the erasure is then not in the ledger
 */
export function recordErasure(store: KeyStoreTransactions, ledgerPath: string, entry: ErasureEntry): Promise<number> {
  return store.transaction(async (query) => {
    const noted = await lockedNote({ query });
    if (noted === undefined) throw new Error('the key store has met no erasure ledger: check it before anything is erased');
    const ledger = await ledgerOf(noted, ledgerPath);
    const number = await ledger.append(entry);
    const head = await ledger.headAt(number);
    // Where others before it were not noted, the next start finds their keys gone, or asks for them to be applied.
    if (number === noted.count + 1 && head !== undefined) await moveNote({ query }, head);
    return number;
  });
}
