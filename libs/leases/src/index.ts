export { LeaseLost, type Held, type Leases } from './leases';
export { holdLease, type Holding, type LeasedWork } from './hold-lease';
export { leaseMigrations } from './migrations';
export { soleLeases } from './sole-leases';
export { ownerHere, sqlLeases, type SqlLeasesOptions } from './sql-leases';
