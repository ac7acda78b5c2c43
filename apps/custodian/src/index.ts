import { Custodian, type CustodianParts } from './custodian';

export { custodyOf } from './custody-of';
export { Custodian, type CustodianLook, type CustodianParts } from './custodian';
export { custodianLease, custodianRestMs, keepCustody, type CustodyKept, type CustodyParts } from './keep-custody';

/** A custodian that looks when it is told to. */
export const createCustodian = (parts: CustodianParts): Custodian => new Custodian(parts);
