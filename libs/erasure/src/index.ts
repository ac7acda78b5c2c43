export { erasureMigrations } from './migrations';
export { indexedFields, type IndexedField } from './indexed-fields';
export { CustodianPage, type PageParts } from './custodian-page';
export { CustodianOvertaken, forgetCheckpoint, listUnderWay, type ErasureName } from './under-way';
export { Eraser, type Advanced, type EraserParts } from './eraser';
export { removeCiphertexts, type RemoveSecrets } from './remove-ciphertexts';
