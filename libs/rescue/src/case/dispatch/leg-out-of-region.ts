import { dateInChina, prefectureOf, type CalendarDate } from '@guitu/standards';
import type { AgencyId, DivisionCode, Instant } from '../../words';
import { divisionOf } from '../../world/directory';
import type { World } from '../../world/world';
import type { Dispatch } from './dispatches';

const municipalities: ReadonlySet<string> = new Set(['11', '12', '31', '50']);

/** The prefecture of a division; a municipality is one region, a county directly under its province stands for itself. */
function regionOf(division: DivisionCode, day: CalendarDate): DivisionCode {
  const province = division.slice(0, 2);
  return municipalities.has(province) ? `${province}0000` : (prefectureOf(division, day) ?? division);
}

/**
 * With which leg the person leaves the inflow region: the first that ends outside the prefecture of the owning station, or the last where none does.
 * A relay station next door does not start the feedback clock (SC-2).
 */
export function legOutOfRegion({ legs }: Dispatch, owner: AgencyId | null, at: Instant, world: World): number | undefined {
  const home = divisionOf(world, owner ?? undefined, at);
  const day = dateInChina(at);
  const out = home === undefined ? undefined : legs.find((leg) => regionOf(leg.toDivision, day) !== regionOf(home, day));
  return (out ?? legs.at(-1))?.leg;
}
