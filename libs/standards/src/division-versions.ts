import { divisionChanges, youngDivisions } from './division-changes';
import { presentSince, retiredDivisions } from './division-history.data';
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
const versionsByCode = collect();
const listedCodes = new Set(divisionLists.flatMap((list) => Object.keys(list)));

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
  for (const line of presentSince.trim().split('\n')) {
    const [year, ...codes] = line.split(' ');
    codes.forEach((code) => add(present(code, Number(year))));
  }
  return versions;
}

function retired(row: Row): DivisionVersion {
  const { code, name } = row;
  const start = begun(code, row.first);
  const change = divisionChanges.find((known) => known.code === code && yearOf(known.until) === row.until);
  if (change !== undefined) {
    return { code, name, ...start, to: change.until, followedFrom: change.until, precision: 'day', successors: change.successors };
  }
  const end = { to: `${row.until + 1}-01-01`, followedFrom: `${row.until}-01-01`, precision: 'year' } as const;
  return { code, name, ...start, ...end, successors: row.successors };
}

function present(code: string, year: number): DivisionVersion {
  const name = presentDivisions.get(code) ?? youngDivisions[code];
  if (name === undefined) throw new Error(`division ${code} has no name`);
  return { code, name, ...begun(code, year), precision: 'year', successors: [] };
}

/** The exact day when a known change made the code, else the first day of the year; nothing when the lists begin with it. */
function begun(code: string, year: number): Readonly<{ from?: CalendarDate }> {
  if (year === FIRST_LISTED_YEAR) return {};
  const change = divisionChanges.find((known) => known.successors.includes(code) && yearOf(known.until) === year);
  return { from: change?.until ?? `${year}-01-01` };
}
