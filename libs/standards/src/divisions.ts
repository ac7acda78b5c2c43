import { isListed, versionsOf, type DivisionVersion } from './division-versions';
import type { CalendarDate } from './time';

export type DivisionLevel = 'province' | 'prefecture' | 'county';
/** A division as it was on some day. `to` is exclusive. With `precision: 'year'` the bounds are the widest that the lists allow. */
export type Division = Readonly<{
  code: string;
  name: string;
  level: DivisionLevel;
  from?: CalendarDate;
  to?: CalendarDate;
  precision: 'day' | 'year';
}>;
/** `ambiguous`: the area went to several codes; only the township or address can tell. `path`: the codes passed through, the given one first. */
export type DivisionResolution =
  | Readonly<{ kind: 'resolved'; code: string; path: readonly string[] }>
  | Readonly<{ kind: 'ambiguous'; codes: readonly string[] }>
  | Readonly<{ kind: 'unknown' }>;

/** The division that the code (GB/T 2260, six digits) stood for on that day; a code can stand for different places at different times. */
export function findDivision(code: string, on: CalendarDate): Division | undefined {
  const version = versionsOf(code).findLast((each) => begunBy(each, on) && (each.to === undefined || on < each.to));
  if (version === undefined) return undefined;
  const { name, from, to, precision } = version;
  const bounds = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return { code, name, level: levelOf(code), ...bounds, precision };
}

/**
 * Whether the code was in force at some time up to that day: what an identity number asks for. Never whether it is current.
 * Headings (市辖区) were printed in numbers too and have no dates: they always count.
 */
export function divisionExisted(code: string, upTo: CalendarDate): boolean {
  const versions = versionsOf(code);
  return versions.length === 0 ? isListed(code) : versions.some((version) => begunBy(version, upTo));
}

/** The divisions above, nearest first, as far as they exist on that day. Municipalities and counties directly under a province have one only. */
export function parentsOf(code: string, on: CalendarDate): readonly string[] {
  if (!/^\d{6}$/.test(code)) return [];
  const above = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
  return above.filter((parent, index) => parent !== code && above.indexOf(parent) === index && findDivision(parent, on) !== undefined);
}

/** The division itself if it is a prefecture, else the prefecture above it; undefined where there is no such tier. */
export function prefectureOf(code: string, on: CalendarDate): string | undefined {
  return [code, ...parentsOf(code, on)].find((each) => levelOf(each) === 'prefecture' && findDivision(each, on) !== undefined);
}

/** Compares the province digits. Resolve codes of different times first: Chongqing left Sichuan in 1997. */
export function sameProvince(a: string, b: string): boolean {
  return /^\d{6}$/.test(a) && /^\d{6}$/.test(b) && a.slice(0, 2) === b.slice(0, 2);
}

/**
 * Which code holds at `at` the area that `code` meant on `knownOn`: the version of that day, or the last before it, followed to its successors.
 * `unknown`: no such code, or nobody recorded who succeeded it.
 */
export function resolveDivision(code: string, knownOn: CalendarDate, at: CalendarDate): DivisionResolution {
  const version = versionsOf(code).findLast((each) => begunBy(each, knownOn));
  const paths = version === undefined ? [] : follow(version, at);
  const codes = [...new Set(paths.map((path) => path.at(-1) ?? code))].sort();
  const [only, ...others] = codes;
  if (only === undefined) return { kind: 'unknown' };
  return others.length > 0 ? { kind: 'ambiguous', codes } : { kind: 'resolved', code: only, path: paths[0] ?? [] };
}

/** All paths to the codes of that day. A successor's version ends later than the one before, so every path ends. */
function follow(version: DivisionVersion, at: CalendarDate): readonly (readonly string[])[] {
  const { code, followedFrom } = version;
  if (followedFrom === undefined || followedFrom > at) return [[code]];
  // A code that lives on under its own number stays the answer, though some residents may have come to belong elsewhere.
  const successors = version.successors.includes(code) ? [code] : version.successors;
  return successors.flatMap((successor) => {
    const next = versionsOf(successor).find((each) => each.followedFrom === undefined || each.followedFrom > followedFrom);
    const paths = next === undefined ? [] : follow(next, at);
    return successor === code ? paths : paths.map((path) => [code, ...path]);
  });
}

function levelOf(code: string): DivisionLevel {
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'prefecture' : 'county';
}

function begunBy(version: DivisionVersion, day: CalendarDate): boolean {
  return version.from === undefined || version.from <= day;
}
