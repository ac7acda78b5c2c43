import { lockedNote, moveNote, type LedgerNote } from './applied-erasures';
import type { BlindIndexErasure } from './blind-index';
import { ledgerOf } from './check-erasures';
import { openErasureLedger } from './erasure-ledger';
import { LedgerDamaged, LedgerMissing } from './errors';
import type { IndexKind } from './index-entries';
import { destroyKeys, retireKeys } from './key-life';
import type { KeyLifeStore, KeyRange } from './key-life-store';
import type { KeyName } from './key-store';
import type { KeyStoreTransactions } from './record-erasure';
import type { DataClass } from './sealed';

export type ApplyErasures = Readonly<{
  note: LedgerNote;
  store: KeyStoreTransactions;
  life: KeyLifeStore;
  index: BlindIndexErasure;
  ledgerPath: string;
  /** Takes the ciphertexts under these keys out of the log. Gives how many. */
  emptyCiphertexts: (keys: readonly KeyRange[]) => Promise<number>;
}>;

/** `entries`: erasures of the ledger that were applied now; `alreadyApplied`: before. */
export type ErasuresApplied = Readonly<{ entries: number; alreadyApplied: number; keys: number; indexRows: number; ciphertexts: number }>;

/** By what a person is found because of values of each class. */
export const indexKindsOf: Readonly<Record<DataClass, readonly IndexKind[]>> = {
  identity: ['id-number', 'alias'],
  contact: ['phone'],
  health: [],
  minor: [],
  narrative: [],
};

/**
 * Brings the key store to where the ledger is: destroys the keys of every erasure that came after, takes the index rows and the ciphertexts away. No
 * process may use the keys meanwhile; `checkErasures` sees to that. Killed and started again it goes on; on a key store that has undergone
 * everything it does nothing.
 *
 * @throws LedgerMissing, LedgerDamaged, UnsafeLedger; nothing was changed then
 */
export async function applyErasures(parts: ApplyErasures): Promise<ErasuresApplied> {
  const noted = await parts.note.read();
  if (noted === undefined) throw new LedgerMissing('this key store has met no erasure ledger yet; start the service once');
  const ledger = await ledgerOf(noted, parts.ledgerPath);
  const done = { entries: 0, alreadyApplied: noted.count, keys: 0, indexRows: 0, ciphertexts: 0 };
  for await (const { keys } of ledger.entries(noted.count)) {
    done.keys += await destroyAgain(parts.life, keys);
    for (const { subject, class: dataClass } of keys) done.indexRows += await removeRows(parts.index, subject, dataClass);
    done.ciphertexts += await parts.emptyCiphertexts(keys);
    done.entries += 1;
    await advance(parts, noted.count + done.entries);
  }
  return done;
}

/** Gives how many were alive. Newer versions than the erasure's are left alone: they have a ground of their own. */
async function destroyAgain(life: KeyLifeStore, ranges: readonly KeyRange[]): Promise<number> {
  const inRange = ({ subject, class: dataClass, version }: KeyName & Readonly<{ version: number }>): boolean =>
    ranges.some((range) => range.subject === subject && range.class === dataClass && version <= range.upTo);
  const alive = (await life.findKeys(ranges)).filter((key) => key.state !== 'destroyed' && inRange(key));
  await retireKeys(
    life,
    alive.filter(({ state }) => state === 'active').map(({ subject, class: dataClass }) => ({ subject, class: dataClass })),
  );
  if (alive.length > 0) await destroyKeys(life, ranges, 0);
  return alive.length;
}

function removeRows(index: BlindIndexErasure, subject: string, dataClass: DataClass): Promise<number> {
  const kinds = indexKindsOf[dataClass];
  return kinds.length === 0 ? Promise.resolve(0) : index.removeSubject(subject, kinds);
}

async function advance({ store, ledgerPath }: ApplyErasures, count: number): Promise<void> {
  await store.transaction(async (query) => {
    const noted = await lockedNote({ query });
    if (noted === undefined || noted.count >= count) return;
    const head = await (await ledgerOf(noted, ledgerPath)).headAt(count);
    if (head !== undefined) await moveNote({ query }, head);
  });
}

/**
 * For a ledger that is lost for good: begins a new one, and the key store follows it. Whoever was erased after the key store was copied is readable
 * again, and nobody knows who. @throws LedgerDamaged when a file lies at the place: then it is not lost
 */
export function beginNewLedger(store: KeyStoreTransactions, path: string): Promise<void> {
  return store.transaction(async (query) => {
    await lockedNote({ query });
    await openErasureLedger(path, { make: false }).then(
      () => {
        throw new LedgerDamaged(`there is an erasure ledger at ${path}: it is not lost; apply it, or take it away first`);
      },
      (error: unknown) => {
        if (!(error instanceof LedgerMissing)) throw error;
      },
    );
    const first = await (await openErasureLedger(path)).headAt(0);
    if (first !== undefined) await moveNote({ query }, first);
  });
}
