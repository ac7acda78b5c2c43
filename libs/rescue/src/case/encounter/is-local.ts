import { dateInChina, prefectureOf, resolveDivision } from '@guitu/standards';
import type { DivisionCode, Instant } from '../../words';
import { policyFor } from '../../world/world';

/**
 * Whether a household place counts as this city (本市户籍) for a person found in `foundIn` (dossier A11): the same county, or the same
 * prefecture where the policy `localScope` of `foundIn` says so; a municipality is its own prefecture. A retired code is followed to its
 * successors; of several all must be local. Where `foundIn` is a whole prefecture or province, what lies in it is local.
 */
export function isLocal(household: DivisionCode, foundIn: DivisionCode | null, at: Instant): boolean {
  if (foundIn === null) return false;
  const day = dateInChina(at);
  const countyOnly = policyFor('localScope', foundIn, at).value === 'county' && !foundIn.endsWith('00');
  const unit = (code: DivisionCode): DivisionCode => (countyOnly ? code : (prefectureOf(code, day) ?? `${code.slice(0, 2)}0000`));
  const now = (code: DivisionCode): readonly DivisionCode[] => {
    const resolved = resolveDivision(code, day, day);
    return resolved.kind === 'resolved' ? [resolved.code] : resolved.kind === 'ambiguous' ? resolved.codes : [];
  };
  const here = now(foundIn).map(unit);
  const there = now(household).map(unit);
  return there.length > 0 && there.every((code) => here.includes(code));
}
