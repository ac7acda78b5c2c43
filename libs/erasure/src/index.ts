export { erasureMigrations } from './migrations';
export { indexedFields, type IndexedField } from './indexed-fields';
export { CustodianPage, type PageParts } from './custodian-page';
export { CustodianOvertaken, listUnderWay, type ErasureName, type FollowedEngine } from './under-way';
export { Eraser, type Advanced, type EraserParts } from './eraser';
export { removeCiphertexts, type RemoveSecrets } from './remove-ciphertexts';
export {
  countIndexRows,
  erasurePlan,
  type ErasurePlan,
  type PlanParts,
  type PlannedErasure,
  type PlannedEvent,
  type PlannedSubject,
} from './erasure-plan';
export { planText } from './plan-text';
export { certificateOf, NoSuchErasure, type CertifiedStep, type ErasureCertificate } from './certificate';
export { certificateText } from './certificate-text';
export { retentionList, type CaseDue } from './retention-list';
export { decideDue, type DecidedDue } from './decide-due';
export { classWords, whoseWords } from './words';
