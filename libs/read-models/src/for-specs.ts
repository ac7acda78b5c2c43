export * from './histories-for-specs';
export { follow, specTables, type SpecTables } from './tables-for-specs';
