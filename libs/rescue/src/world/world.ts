import { countDue, dateInChina, type CalendarDate, type DueDate } from '@guitu/standards';
import type { Agency } from '../agency/agency';
import type { AgencyId, DivisionCode, Instant } from '../words';
import { policyAt, type LimitKey, type PolicyKey, type PolicyVersion } from './policy';
import type { PolicyUsed } from '../duties/duty';

/** The agency directory (机构名录): the folded `agency` streams. */
export type Directory = ReadonlyMap<AgencyId, Agency>;

/** What a rule may look up. Everything in it was true at `now`; nothing in it does I/O. */
export type World = Readonly<{
  /** The recording moment. */
  now: Instant;
  directory: Directory;
}>;

/** Today in China. */
export const today = (world: World): CalendarDate => dateInChina(world.now);

/** The policy version for a division on the day of `at`. */
export function policyFor<K extends PolicyKey>(key: K, division: DivisionCode | undefined, at: Instant): PolicyVersion<K> {
  return policyAt(key, division ?? 'national', dateInChina(at));
}

/** A limit of the policy valid in the debtor's division on the day the limit starts, counted from `from`. */
export function dueUnder(key: LimitKey, division: DivisionCode | undefined, from: Instant): DueDate & Readonly<{ policy: PolicyUsed }> {
  const version = policyFor(key, division, from);
  const policy = { key, division: version.division, effectiveFrom: version.effectiveFrom, limit: version.value, source: version.source };
  return { ...countDue(version.value, from), policy };
}
