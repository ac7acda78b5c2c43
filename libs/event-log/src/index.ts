export type { Appended, EventLog, NewRecord, ReadOptions, StoredRecord } from './port';
export {
  AppendTooLarge,
  EventIdTaken,
  InvalidAppend,
  InvalidRead,
  LogUnavailable,
  OutcomeUnknown,
  VersionConflict,
  type UnavailableReason,
} from './errors';
export { maxBytesPerAppend, maxRecordsPerAppend, maxRecordsPerPage, streamNamePattern } from './check-call';
export { openMemoryLog, type MemoryLogOptions } from './memory-log';
