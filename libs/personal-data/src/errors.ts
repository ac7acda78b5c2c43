/** The file with the key-encryption keys cannot be trusted or used. The message names the file and the remedy. */
export class UnsafeKeyFile extends Error {
  override readonly name = 'UnsafeKeyFile';
}

/** The stored keys were wrapped by another key-encryption key than those given: nothing was erased, the wrong key file is in place. */
export class WrongKeyEncryptionKey extends Error {
  override readonly name = 'WrongKeyEncryptionKey';
}

/** A sealed value does not open with its own key: it was changed, or it comes from another place. Never to be taken for an erased one. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** The data cannot be sealed: it does not have the shape of its marks, uses a reserved key, or holds a value that is too large. */
export class CannotSeal extends Error {
  override readonly name = 'CannotSeal';
}

/** A key that still seals new values was to be destroyed: it is retired first. Nothing was destroyed. */
export class KeysNotRetired extends Error {
  override readonly name = 'KeysNotRetired';
}

/** Keys were retired so lately that a process may still seal with them. Nothing was destroyed. */
export class KeysStillCached extends Error {
  override readonly name = 'KeysStillCached';

  /** @param until ISO 8601, UTC: from then on they can be destroyed */
  constructor(readonly until: string) {
    super(`keys that were retired a moment ago may still be in use; destroy them after ${until}`);
  }
}

/** The erasure ledger cannot be used as it lies there: it is open to others, or is no plain file. The message names the file and the remedy. */
export class UnsafeLedger extends Error {
  override readonly name = 'UnsafeLedger';
}

/** There is no erasure ledger at its place. */
export class LedgerMissing extends Error {
  override readonly name = 'LedgerMissing';
}

/** A line of the erasure ledger was changed, or lines are gone from its middle or its end. */
export class LedgerDamaged extends Error {
  override readonly name = 'LedgerDamaged';
}

/** The key store is older than the erasure ledger: it holds keys of persons who were erased. Nothing may open before they are destroyed again. */
export class ErasuresNotApplied extends Error {
  override readonly name = 'ErasuresNotApplied';
}
