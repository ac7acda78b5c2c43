import { divisionChanges, youngDivisions } from './division-changes';
import { retiredDivisions } from './division-history.data';
import { divisionLists, presentDivisions } from './division-packages';
import { yearOf, type CalendarDate } from './time';

/**
 * A code with one name and extent. `from`: it may have begun that day (absent: before the lists begin, or unknown). `to`: from that day it is
 * surely gone. `followedFrom`: from that day its successors count. Where only the year is known (`precision`), `from` and `followedFrom` are its
 * first day and `to` is the first day of the next, so that old and new overlap rather than leave a gap.
 */
export type DivisionVersion = Readonly<{
  code: string;
  name: string;
  from?: CalendarDate;
  to?: CalendarDate;
  followedFrom?: CalendarDate;
  precision: 'day' | 'year';
  successors: readonly string[];
}>;

/** The lists begin in this year; what they contain may be older. */
const FIRST_LISTED_YEAR = 1981;
type Row = Readonly<{ code: string; name: string; first: number; until: number; successors: readonly string[] }>;

const rows: readonly Row[] = retiredDivisions
  .trim()
  .split('\n')
  .map((line) => {
    const [code = '', name = '', first, until, successors = ''] = line.split(',');
    return {
      code,
      name,
      first: Number(first),
      until: Number(until),
      successors: successors.split(' ').filter((successor) => successor !== ''),
    };
  });
const rowsByCode = groupBy(rows, (row) => [row.code]);
const rowsBySuccessor = groupBy(rows, (row) => row.successors);
const versionsByCode = collect();
const listedCodes = new Set(divisionLists.flatMap((list) => Object.keys(list.names)));

/** All versions of a code, oldest first; the last may still be in force. */
export function versionsOf(code: string): readonly DivisionVersion[] {
  return versionsByCode.get(code) ?? [];
}

/** Whether some list of GB/T 2260 names the code, even as a mere heading such as 市辖区. */
export function isListed(code: string): boolean {
  return listedCodes.has(code) || presentDivisions.has(code);
}

function collect(): ReadonlyMap<string, readonly DivisionVersion[]> {
  const versions = new Map<string, DivisionVersion[]>();
  const add = (version: DivisionVersion): unknown => versions.set(version.code, [...(versions.get(version.code) ?? []), version]);
  rows.forEach((row) => add(retired(row)));
  for (const [code, name] of presentDivisions) if (!isHeading(name) && !isStale(code, name)) add(present(code, name));
  youngDivisions.forEach(({ code, name, year }) => add({ code, name, from: `${year}-01-01`, precision: 'year', successors: [] }));
  return versions;
}

function retired(row: Row): DivisionVersion {
  const { code, name } = row;
  const begun = row.first === FIRST_LISTED_YEAR ? {} : { from: begin(code, row.first) };
  const change = divisionChanges.find((known) => known.code === code && yearOf(known.until) === row.until);
  if (change !== undefined) {
    return { code, name, ...begun, to: change.until, followedFrom: change.until, precision: 'day', successors: change.successors };
  }
  const end = { to: `${row.until + 1}-01-01`, followedFrom: `${row.until}-01-01`, precision: 'year' } as const;
  return { code, name, ...begun, ...end, successors: row.successors };
}

function present(code: string, name: string): DivisionVersion {
  const year = yearBegun(code);
  const from = year === undefined ? {} : { from: begin(code, year) };
  return { code, name, ...from, precision: 'year', successors: [] };
}

/** The exact day when a known change made the code, else the first day of the year. */
function begin(code: string, year: number): CalendarDate {
  const change = divisionChanges.find((known) => known.successors.includes(code) && yearOf(known.until) === year);
  return change?.until ?? `${year}-01-01`;
}

/** A present version began when the last version of its code ended, else when it took over from others, else when a list first named it. */
function yearBegun(code: string): number | undefined {
  const before = rowsByCode.get(code)?.at(-1);
  const firstListed = divisionLists.findIndex((list) => list.names[code] !== undefined);
  const listedYear = divisionLists[firstListed]?.year;
  if (before?.successors.includes(code) === true) return before.until;
  if (firstListed === 0) return undefined;
  const takenOver = (rowsBySuccessor.get(code) ?? []).map((row) => row.until).filter((year) => year <= (listedYear ?? year));
  return takenOver.length > 0 ? Math.max(...takenOver) : listedYear;
}

/** The package of present codes keeps codes that were retired under the very name it gives. */
function isStale(code: string, name: string): boolean {
  const before = rowsByCode.get(code)?.at(-1);
  return before !== undefined && before.name === name && !before.successors.includes(code);
}

/** Headings group districts or counties in a list; they are no divisions. */
function isHeading(name: string): boolean {
  return /^(市辖区|县)$|直辖/.test(name);
}

function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
