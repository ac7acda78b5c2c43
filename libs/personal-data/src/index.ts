export {
  dataClasses,
  isErased,
  isSealed,
  isSealedValue,
  type DataClass,
  type Envelope,
  type Erased,
  type Mark,
  type Marks,
  type OpenedValue,
  type Place,
  type PlainRecord,
  type Sealed,
  type SealedData,
  type SealedRecord,
  type SealedValue,
} from './sealed';
export {
  CannotSeal,
  ErasuresNotApplied,
  KeysNotRetired,
  KeysStillCached,
  LedgerDamaged,
  LedgerMissing,
  SealBroken,
  UnsafeKeyFile,
  UnsafeLedger,
  WrongKeyEncryptionKey,
} from './errors';
export { Secret } from './secret';
export { sealingSuiteNames, type SealingSuiteName } from './suite';
export { KeyEncryptionKey } from './key-encryption-key';
export { keyFileLifetimeMs, KeyEncryptionKeys, type KeyEncryptionKeyList } from './key-encryption-keys';
export { openKeyFile } from './key-file';
export { addKeyEncryptionKey, dropFormerKeyEncryptionKeys } from './change-key-file';
export type {
  Admitted,
  KeyName,
  KeyStore,
  KeyVersion,
  Newcomer,
  ProposedKey,
  ServiceKey,
  StoredKey,
  Subject,
  SubjectName,
  SubjectRole,
} from './key-store';
export type { DestroyedKey, KeyLifeStore, KeyRange, RetiredKey, WrappedKeys } from './key-life-store';
export { memoryKeyStore } from './memory-key-store';
export type { Sql } from './sql-key-rows';
export { sqlKeyStore } from './sql-key-store';
export { sqlKeyLife, sqlWrappedKeys } from './sql-key-life';
export { personalDataMigrations } from './migrations';
export { Keyring, keyringLimits, type KeyringLimits, type KeyringOptions } from './keyring';
export { destroyKeys, destructionWaitMs, newKeyVersions, rangesOf, retireKeys } from './key-life';
export { keysThatDoNotUnwrap, keysWrappedBy, rotateKeyEncryptionKey, type Rotation } from './rotate-key-encryption-key';
export { sqlStreamsOf } from './sql-streams-of';
export { sqlLedgerNote, type LedgerNote } from './applied-erasures';
export { applyCommand, checkErasures } from './check-erasures';
export { keyStoreTables, putKeyStoreRows, readKeyStore, type KeyStoreRows, type KeyStoreTable } from './copy-key-store';
export { recordErasure, type KeyStoreTransactions } from './record-erasure';
export { applyErasures, beginNewLedger, indexKindsOf, type ApplyErasures, type ErasuresApplied } from './apply-erasures';
export { openErasureLedger, type ErasureLedger } from './erasure-ledger';
export type { ErasureEntry, LedgerHead } from './erasure-ledger-lines';
export { indexEntries, indexKinds, type IndexKind } from './index-entries';
export {
  openBlindIndex,
  type BlindIndex,
  type BlindIndexErasure,
  type BlindIndexStore,
  type Found,
  type IndexedValue,
} from './blind-index';
export { memoryBlindIndex } from './memory-blind-index';
export { sqlBlindIndex, sqlBlindIndexErasure } from './sql-blind-index';
export { maxPersonalValueBytes } from './padding';
export { sealAll, sealData } from './seal';
export { detach, detachAll } from './detach';
export { openAllData, openData, openTree, openValues, replaceSealed, sealedValuesIn } from './open';
