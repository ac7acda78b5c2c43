import { sameProvince, type ReturnMode } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { AgencyId, DivisionCode, Instant } from '../../words';
import { divisionOf } from '../../world/directory';
import { policyFor, type World } from '../../world/world';

export type Way = Readonly<{ carrier: AgencyId; fromDivision: DivisionCode; toDivision: DivisionCode }>;

/** Whether the way crosses a province border; a journey without legs is measured from the owner's division. */
export const crossesProvince = (legs: readonly Way[], from: DivisionCode | undefined, destination: DivisionCode): boolean =>
  legs.length > 0
    ? legs.some((leg) => !sameProvince(leg.fromDivision, leg.toDivision))
    : from !== undefined && !sameProvince(from, destination);

type Journey = Readonly<{ owner: AgencyId; mode: ReturnMode; legs: readonly Way[] }>;

/**
 * Refuses a carrier that may not cross the province border where the policy of the owner's division names one station for it (S003 §2(3)3).
 * The policy binds ways out of the owner's own province; an outflow side that fetches a person carries for itself.
 */
export function checkCarriers({ owner, mode, legs }: Journey, at: Instant, world: World): void {
  const home = divisionOf(world, owner, at);
  const policy = policyFor('dispatch.crossProvinceCarrier', home, at).value;
  if (policy === 'OWN_STATION' || home === undefined || mode === 'OUTFLOW_FETCHES') return;
  legs.forEach(({ carrier, fromDivision, toDivision }, index) => {
    if (sameProvince(fromDivision, toDivision) || !sameProvince(fromDivision, home)) return;
    if (world.directory.get(carrier)?.organisationCode === policy.organisationCode) return;
    const expected = [...world.directory.values()].find(({ organisationCode }) => organisationCode === policy.organisationCode)?.id;
    throw new Refusal('DSP-CARRIER-NOT-ALLOWED', `${carrier} does not carry across the province border here.`, {
      pointer: `/legs/${index}/carrier`,
      ...(expected === undefined ? {} : { expected }),
    });
  });
}
