import { dateInChina, parentsOf } from '@guitu/standards';
import type { AgencyKind } from '../../../words';
import type { Creditor } from '../../../duties/duty';
import type { AgencyId, DivisionCode, Instant } from '../../../words';
import { agenciesIn } from '../../../world/directory';
import type { World } from '../../../world/world';

/** The agency of a kind that works where the person was found, or the nearest one above; the person when none is known. */
export function creditorAt(world: World, division: DivisionCode | null, kind: AgencyKind, at: Instant): Creditor {
  const places = division === null ? [] : [division, ...parentsOf(division, dateInChina(at))];
  for (const place of places) {
    const [agency] = agenciesIn(world, place, kind, at);
    if (agency !== undefined) return agency.id;
  }
  return 'PERSON';
}

export const isOfKind = (world: World, id: AgencyId, ...kinds: readonly AgencyKind[]): boolean => {
  const kind = world.directory.get(id)?.kind;
  return kind !== undefined && kinds.includes(kind);
};
