import { dateInChina, parentsOf } from '@guitu/standards';
import type { Creditor } from '../../../duties/duty';
import type { AgencyId, AgencyKind, DivisionCode, Instant } from '../../../words';
import { agenciesIn } from '../../../world/directory';
import type { World } from '../../../world/world';

/** The station that works where the person was found, or the nearest one above; the person itself when it is not known which. */
export function stationOrPerson(world: World, division: DivisionCode | null, at: Instant): Creditor {
  const places = division === null ? [] : [division, ...parentsOf(division, dateInChina(at))];
  const stations = places.map((place) => agenciesIn(world, place, 'STATION', at)).find((found) => found.length > 0) ?? [];
  const [only, ...others] = stations;
  return only === undefined || others.length > 0 ? 'PERSON' : only.id;
}

export const isOfKind = (world: World, id: AgencyId, ...kinds: readonly AgencyKind[]): boolean => {
  const kind = world.directory.get(id)?.kind;
  return kind !== undefined && kinds.includes(kind);
};
