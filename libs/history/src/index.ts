export {
  envelopeBytes,
  leafOf,
  parseEnvelope,
  UnreadableEnvelope,
  type Envelope,
  type RecordedActor,
  type RecordedCommand,
} from './envelope';
export { recordedOf, schemaVersionOf, UnknownEventVersion, type Recorded } from './recorded';
export { canonicalText } from './canonical-text';
export { commandId, derivedId, eventId, openedCaseId } from './command-id';
export { sealBatch, type Batch, type SealedBatch } from './sealing';
export { BrokenStream, emptyHistory, readHistory, type StreamHistory } from './situation-of';
export {
  CommandDesk,
  InProgress,
  KeyReused,
  MAX_DECISIONS,
  StaleVersion,
  type CommandAnswer,
  type CommandRequest,
  type Desk,
} from './command-desk';
export { Follower, followLimits, type FollowerHealth, type FollowLimits, type Follows } from './follower';
export { AuditTrail, AuditTrailFull, maxAuditEntriesWaiting, maxEventsPerAuditStream, type AuditTrailParts } from './audit-trail';
export type { AuditEntry } from './audit-record';
