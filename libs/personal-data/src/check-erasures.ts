import { openErasureLedger, type ErasureLedger } from './erasure-ledger';
import type { LedgerHead } from './erasure-ledger-lines';
import type { LedgerNote } from './applied-erasures';
import { ErasuresNotApplied, LedgerDamaged, LedgerMissing } from './errors';

/** The command that applies the ledger, as sentences name it. */
export const applyCommand = 'guitu apply-erasures';

/**
 * The gate before the keys of persons are used: the key store must have undergone everything that stands in the erasure ledger. A key store that came
 * back from a backup has not, and the ledger tells. An entry whose keys are all gone counts as applied, so that a process that was killed right after
 * an erasure keeps nobody out.
 *
 * @param ledgerPath on a key store that has met no ledger yet, one that is not there is made and noted
 * @param options.onlyLook for a reader beside the service: nothing is made or noted
 * @throws ErasuresNotApplied, LedgerMissing, LedgerDamaged, UnsafeLedger: each a sentence for the operator
 */
export async function checkErasures(
  note: LedgerNote,
  ledgerPath: string,
  { onlyLook = false }: Readonly<{ onlyLook?: boolean }> = {},
): Promise<void> {
  const noted = (await note.read()) ?? (onlyLook ? await firstHead(ledgerPath) : await adopted(note, ledgerPath));
  if (noted === undefined) return;
  const ledger = await ledgerOf(noted, ledgerPath);
  let left = 0;
  for await (const { keys } of ledger.entries(noted.count)) if (await note.anyLeft(keys)) left += 1;
  if (left > 0)
    throw new ErasuresNotApplied(
      `this key store is older than the erasure ledger ${ledgerPath}: keys of ${left} ${left === 1 ? 'erasure are' : 'erasures are'} in it again; ` +
        `apply the ledger first: ${applyCommand}`,
    );
}

/** The beginning of a ledger that is there; undefined where none is. */
async function firstHead(path: string): Promise<LedgerHead | undefined> {
  try {
    return await (await openErasureLedger(path, { make: false })).headAt(0);
  } catch (error) {
    if (error instanceof LedgerMissing) return undefined;
    throw error;
  }
}

async function adopted(note: LedgerNote, path: string): Promise<LedgerHead> {
  const first = await (await openErasureLedger(path)).headAt(0);
  if (first !== undefined) await note.adopt(first);
  const noted = await note.read();
  if (noted === undefined) throw new Error('the key store did not keep which ledger it has met');
  return noted;
}

/** The ledger that this note is about. @throws LedgerMissing, LedgerDamaged, UnsafeLedger */
export async function ledgerOf(noted: LedgerHead, path: string): Promise<ErasureLedger> {
  const ledger = await openErasureLedger(path, { make: false }).catch((error: unknown) => {
    if (!(error instanceof LedgerMissing)) throw error;
    throw new LedgerMissing(
      `the erasure ledger ${path} is not there, and without it nobody knows who was erased; put it back in place, or name it with GUITU_ERASURE_LEDGER`,
    );
  });
  const head = await ledger.head();
  if (head.ledger !== noted.ledger)
    throw new LedgerDamaged(
      `the erasure ledger ${path} is not the one of this key store; every process wants the same one (GUITU_ERASURE_LEDGER)`,
    );
  const then = await ledger.headAt(noted.count);
  if (then === undefined)
    throw new LedgerDamaged(
      `the erasure ledger ${path} was shortened: it holds ${head.count} erasures, and ${noted.count} were applied; put a whole copy of it back in place`,
    );
  if (then.digest !== noted.digest)
    throw new LedgerDamaged(
      `the erasure ledger ${path} was changed among its first ${noted.count} erasures; put a whole copy of it back in place`,
    );
  return ledger;
}
