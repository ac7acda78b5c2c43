export { AuditUnavailable } from './audit-unavailable';
export { maxStreamsPerRecord } from './entries';
export { DisclosureGate, type GateParts, type Shut } from './gate';
export { longestLookUp, lookUpFaults, type LookUp, type LookUpFault } from './look-up';
export { purposeCodes, purposeOf, purposes, type Purpose, type PurposeFault, type PurposeMeaning } from './purposes';
export type { DisclosureRule, Reader } from './reader';
export { maxCasesFound, searchCases, type CasesFound, type SearchParts } from './search';
