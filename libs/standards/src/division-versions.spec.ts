import { retiredDivisions } from './division-history.data';
import { divisionLists, presentDivisions } from './division-packages';
import { versionsOf } from './division-versions';
import { findDivision } from './divisions';

const lines = retiredDivisions.trim().split('\n');
const codes = [...new Set([...lines.map((line) => line.slice(0, 6)), ...presentDivisions.keys()])];
const endOfJuly2016 = divisionLists.at(-1);

describe('the history of division codes', () => {
  it('has only well-formed lines', () => {
    expect(lines.filter((line) => !/^\d{6},[^,\s]+,(19|20)\d{2},(19|20)\d{2},(\d{6}( \d{6})*)?$/.test(line))).toEqual([]);
    expect(lines.length).toBeGreaterThan(3_000);
  });

  it('no version ends before it begins, and versions of a code follow each other', () => {
    const wrong = codes.filter((code) =>
      versionsOf(code).some((version, index, all) => {
        const next = all[index + 1];
        const backwards = version.from !== undefined && version.to !== undefined && version.from >= version.to;
        return backwards || (next !== undefined && (version.followedFrom === undefined || (next.from ?? '') < version.followedFrom));
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('every successor named is a code with a version', () => {
    const missing = codes
      .flatMap((code) => versionsOf(code).flatMap((version) => version.successors))
      .filter((code) => versionsOf(code).length === 0);
    expect([...new Set(missing)]).toEqual([]);
  });

  it('agrees with GB/T 2260 of July 2016 name by name, but for two province-run cities and a district abolished in 2014', () => {
    const divisions = Object.entries(endOfJuly2016 ?? {}).filter(([, name]) => !/^(市辖区|县)$|直辖/.test(name));
    const wrong = divisions.filter(([code, name]) => findDivision(code, '2016-07-31')?.name !== name).map(([code, name]) => code + name);
    expect(divisions.length).toBeGreaterThan(3_000);
    expect(wrong).toEqual(['139001定州市', '139002辛集市', '410211金明区']);
  });

  it('holds 31 provinces, Hong Kong, Macao and Taiwan today', () => {
    const provinces = codes.filter((code) => code.endsWith('0000') && findDivision(code, '2024-12-31') !== undefined);
    expect(provinces).toHaveLength(34);
  });
});
