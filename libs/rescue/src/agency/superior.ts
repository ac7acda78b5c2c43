import { startOfDay, type CalendarDate } from '@guitu/standards';
import { Refusal } from '../refusal';
import type { AgencyId } from '../words';
import { getAgency } from '../world/directory';
import type { World } from '../world/world';
import { valueOn } from './agency';

/** From when until when a reporting line holds; `until` is exclusive, absent when nothing follows yet. */
export type LinePeriod = Readonly<{ from: CalendarDate; until?: CalendarDate }>;

/**
 * Refuses a superior that does not work on the first day (`agency-unknown`), or through whom the agency would report to itself
 * on any day of the period (`AGN-CYCLE`). Two lines set at the same moment in two streams can still make a ring;
 * whoever walks up the lines stops there.
 */
export function checkSuperior(world: World, agency: AgencyId, superior: AgencyId, period: LinePeriod): void {
  if (superior !== agency) getAgency(world, superior, startOfDay(period.from), '/reportsTo');
  if (daysOfChange(world, period).some((day) => reports(world, superior, agency, day)))
    throw new Refusal('AGN-CYCLE', `${agency} would report to itself through ${superior}.`, { pointer: '/reportsTo' });
}

/** The first day and every later day of the period on which some reporting line changes. */
function daysOfChange(world: World, { from, until }: LinePeriod): readonly CalendarDate[] {
  const days = new Set([from]);
  for (const { reportsTo } of world.directory.values())
    for (const entry of reportsTo) if (entry.from > from && (until === undefined || entry.from < until)) days.add(entry.from);
  return [...days];
}

/** Whether `agency` is `superior` or reports to it, however far up. */
function reports(world: World, agency: AgencyId, superior: AgencyId, day: CalendarDate): boolean {
  const seen = new Set<AgencyId>();
  let next: AgencyId | null | undefined = agency;
  while (typeof next === 'string' && next !== superior && !seen.has(next)) {
    seen.add(next);
    const entry = world.directory.get(next);
    next = entry === undefined ? undefined : valueOn(entry.reportsTo, day);
  }
  return next === superior;
}
