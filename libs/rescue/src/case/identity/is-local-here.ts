import type { DivisionCode, Instant } from '../../words';
import { divisionOf } from '../../world/directory';
import type { World } from '../../world/world';
import type { Case } from '../case';
import { isLocal } from '../encounter/is-local';

/** Whether a place counts as this city (本市): local to where the person was found, or to the station that owns the case. */
export const isLocalHere = (state: Case, division: DivisionCode | undefined, world: World, at: Instant): boolean =>
  division !== undefined &&
  [state.foundIn, divisionOf(world, state.owner ?? undefined, at) ?? null].some((place) => isLocal(division, place, at));
