export { AuditUnavailable } from './audit-unavailable';
export { maxStreamsPerRecord } from './entries';
export { DisclosureGate, type GateParts, type Shut } from './gate';
export { purposeCodes, purposeOf, purposes, type Purpose, type PurposeFault, type PurposeMeaning } from './purposes';
export type { DisclosureRule, Reader } from './reader';
