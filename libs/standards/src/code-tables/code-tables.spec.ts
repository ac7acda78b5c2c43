import * as tables from '.';

const named = Object.entries(tables).filter(([, table]) => !Array.isArray(table)) as [string, Record<string, string>][];

describe('code tables', () => {
  it.each(named)('%s has upper-case keys and no two entries with the same word', (_name, table) => {
    expect(Object.keys(table).filter((key) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(key))).toEqual([]);
    expect(new Set(Object.values(table)).size).toBe(Object.keys(table).length);
  });

  it.each(named.filter(([name]) => !name.endsWith('Code')))('%s says every entry in Chinese', (_name, table) => {
    expect(Object.values(table).filter((word) => !/[\u4e00-\u9fa5]/.test(word))).toEqual([]);
  });

  it('leaving modes carry the two-digit codes 01 to 15 in order', () => {
    expect(Object.keys(tables.leavingModeCode)).toEqual(Object.keys(tables.leavingMode));
    expect(Object.values(tables.leavingModeCode)).toEqual(Array.from({ length: 15 }, (_, index) => String(index + 1).padStart(2, '0')));
  });

  it('sex follows GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated', () => {
    expect(tables.sexCode).toEqual({ UNKNOWN: '0', MALE: '1', FEMALE: '2', NOT_STATED: '9' });
  });

  it('a refusal goes up the ladder unless it is about identity, a moved household or the wrong division', () => {
    const others = Object.keys(tables.receptionRefusal).filter((key) => !(tables.escalableRefusals as readonly string[]).includes(key));
    expect(others).toEqual(['HOUSEHOLD_MOVED', 'NOT_OUR_DIVISION', 'IDENTITY_DOUBT']);
  });

  it('a face match is no basis of an identity', () => {
    expect(Object.keys(tables.identityBasis)).not.toContain('FACE');
    expect(Object.keys(tables.tracingMeans)).toContain('FACE');
  });

  it('who walked out, died, settled or was handed to police or the local township did not leave homewards', () => {
    const homeward: readonly string[] = tables.homewardLeavingModes;
    expect(
      ['LEFT_WITHOUT_NOTICE', 'DEATH', 'SETTLED_WITH_HUKOU', 'POLICE', 'LOCAL_TOWNSHIP'].filter((key) => homeward.includes(key)),
    ).toEqual([]);
    expect(homeward).toContain('COLLECTED');
  });

  it('the seven inspection fields and the sixteen handovers are complete', () => {
    expect(Object.keys(tables.hazardDomain)).toHaveLength(7);
    expect(Object.keys(tables.handoverKind)).toHaveLength(16);
  });
});
