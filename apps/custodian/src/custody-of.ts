import type { House } from '@guitu/wiring';
import type { CustodyParts } from './keep-custody';

/** What a custodian of this house works with. */
export const custodyOf = (house: House): CustodyParts => ({
  log: house.log,
  desk: house.desk,
  keyring: house.keyring,
  world: house.world,
  leases: house.leases,
  waitForPosition: (position, timeoutMs) => house.readModels.waitForPosition(position, timeoutMs),
  ...house.openVault(),
});
