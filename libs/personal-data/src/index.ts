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
export { CannotSeal, SealBroken, SubjectErased, UnsafeKeyFile, WrongKeyEncryptionKey } from './errors';
export { Secret } from './secret';
export { KeyEncryptionKey } from './key-encryption-key';
export { openKeyFile } from './key-file';
export type { KeyName, KeyStore, SubjectRole, ServiceKey, StoredKey, Subject } from './key-store';
export { memoryKeyStore } from './memory-key-store';
export { sqlKeyStore, type Sql } from './sql-key-store';
export { personalDataMigrations } from './migrations';
export { Keyring, keyringLimits, type KeyringLimits, type KeyringOptions } from './keyring';
export { maxPersonalValueBytes } from './padding';
export { sealAll, sealData } from './seal';
export { detach, detachAll } from './detach';
export { openAllData, openData, openTree, openValues, sealedValuesIn } from './open';
