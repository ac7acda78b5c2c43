export type { Appended, EventLog, NewRecord, ReadOptions, StoredRecord } from './port';
export {
  AppendTooLarge,
  EventIdTaken,
  ForeignRecord,
  InvalidAppend,
  InvalidRead,
  LogUnavailable,
  OutcomeUnknown,
  VersionConflict,
  WrongEventStoreUrl,
  type UnavailableReason,
} from './errors';
export { maxBytesPerAppend, maxRecordsPerAppend, maxRecordsPerPage, streamNamePattern } from './check-call';
export { openMemoryLog, type MemoryLogOptions } from './memory-log';
export { openPostgresLog, type PostgresLogOptions } from './postgres-log';
export { StoreNotDurable, StoreNotMigrated, StoreNotSafe } from './postgres/check-store';
export { removeSecrets } from './postgres/remove-secrets';
export { eventLogMigrations, type Migration } from './postgres/migrations';
export { openDatabase, type Database, type DatabaseOptions, type Query } from './postgres/database';
export { openEventStoreLog, type EventStoreLogOptions } from './open-eventstore-log';
export { copyLog, type Copied, type CopyOptions, type CopyProgress } from './copy/copy-log';
export type { CopySource, CopyTarget } from './copy/ends';
export { CopyDiffers, TargetHoldsOthers, TargetInUse, UnknownEngine } from './copy/errors';
export { engineOf, openCopySource, openCopyTarget } from './copy/open-ends';
