import { divisionChanges } from './division-changes';
import { divisionExisted, findDivision, parentsOf, prefectureOf, resolveDivision, sameProvince } from './divisions';

const name = (code: string, on: string) => findDivision(code, on)?.name;
const resolved = (code: string, knownOn: string, at: string) => {
  const found = resolveDivision(code, knownOn, at);
  return found.kind === 'resolved' ? found.code : found;
};

describe('a division on a day', () => {
  it('has the name of that day', () => {
    expect([name('420600', '2009-06-01'), name('420600', '2020-06-01')]).toEqual(['襄樊市', '襄阳市']);
    expect([name('360402', '2016-03-19'), name('360402', '2016-03-20')]).toEqual(['庐山区', '濂溪区']);
    expect([name('500110', '2011-10-21'), name('500110', '2011-10-22')]).toEqual(['万盛区', '綦江区']);
  });

  it('a recycled code means one place in 1996, none in 2005 and another since 2014', () => {
    expect([name('511403', '1996-05-12'), name('511403', '2005-01-01'), name('511403', '2015-05-12')]).toEqual([
      '李渡区',
      undefined,
      '彭山区',
    ]);
  });

  it('ends on the day of its approval where the document is known', () => {
    expect(findDivision('320611', '2020-06-04')).toEqual({
      code: '320611',
      name: '港闸区',
      level: 'county',
      from: '1991-01-01',
      to: '2020-06-05',
      precision: 'day',
    });
    expect(findDivision('320611', '2020-06-05')).toBeUndefined();
    expect(findDivision('320613', '2020-06-04')).toBeUndefined();
    expect(findDivision('320613', '2020-06-05')).toMatchObject({ name: '崇川区', from: '2020-06-05' });
  });

  it('overlaps with its successor for the year when only the year is known', () => {
    expect(findDivision('130223', '2018-12-31')).toMatchObject({ name: '滦县', to: '2019-01-01', precision: 'year' });
    expect(name('130284', '2018-01-01')).toBe('滦州市');
    expect([name('130223', '2019-01-01'), name('130284', '2017-12-31')]).toEqual([undefined, undefined]);
  });

  it('has one of three levels', () => {
    expect(['320000', '320500', '320585', '419001', '441900'].map((code) => findDivision(code, '2020-10-12')?.level)).toEqual([
      'province',
      'prefecture',
      'county',
      'county',
      'prefecture',
    ]);
  });

  it('is neither a heading of a list nor a development zone nor a retired code that the package kept', () => {
    expect(['110100', '130101', '419000', '130171', '330104', '330103'].filter((code) => findDivision(code, '2022-01-01'))).toEqual([]);
  });

  it('knows codes younger than the packages', () => {
    expect([name('659012', '2024-01-01'), name('659012', '2020-01-01')]).toEqual(['白杨市', undefined]);
  });

  it.each(['', '32058', '3205855', '999999', '32058a', '%', '__proto__', 'constructor', 'national'])('"%s" is none', (code) => {
    expect(findDivision(code, '2020-10-12')).toBeUndefined();
    expect(parentsOf(code, '2020-10-12').length).toBe(0);
    expect(resolveDivision(code, '2020-10-12', '2020-10-12')).toEqual({ kind: 'unknown' });
    expect(divisionExisted(code, '2020-10-12')).toBe(false);
  });
});

describe('existence up to a day', () => {
  it.each(['320611', '522401', '320684', '330104', '511403', '440524', '110103', '210502'])(
    '%s counts although it may be retired',
    (code) => {
      expect(divisionExisted(code, '2024-01-01')).toBe(true);
    },
  );

  it('does not count before the code began', () => {
    expect([divisionExisted('320613', '2020-06-04'), divisionExisted('320613', '2020-06-05')]).toEqual([false, true]);
    expect([divisionExisted('511403', '1994-12-31'), divisionExisted('511403', '1995-12-31')]).toEqual([false, true]);
  });
});

describe('the divisions above', () => {
  it('are the prefecture, then the province', () => expect(parentsOf('320585', '2020-10-12')).toEqual(['320500', '320000']));
  it('are the province alone for a county directly under it', () => {
    expect(['419001', '429004', '659001'].map((code) => parentsOf(code, '2020-10-12'))).toEqual([['410000'], ['420000'], ['650000']]);
  });
  it('are the municipality alone in Beijing, Tianjin, Shanghai and Chongqing', () => {
    expect(['110105', '120116', '310115', '500110'].map((code) => parentsOf(code, '2020-10-12'))).toEqual([
      ['110000'],
      ['120000'],
      ['310000'],
      ['500000'],
    ]);
  });
  it('are none above a province', () => expect(parentsOf('320000', '2020-10-12')).toEqual([]));
  it('change when a prefecture is abolished', () => {
    expect(parentsOf('371202', '2018-12-25')).toEqual(['371200', '370000']);
    expect(parentsOf('371202', '2018-12-26')).toEqual(['370000']);
    expect(parentsOf('370116', '2018-12-26')).toEqual(['370100', '370000']);
  });
  it('name the prefecture, which can be the division itself or missing', () => {
    expect(['320585', '441900', '460400', '110105', '419001', '320000'].map((code) => prefectureOf(code, '2020-10-12'))).toEqual([
      '320500',
      '441900',
      '460400',
      undefined,
      undefined,
      undefined,
    ]);
  });
  it('tell whether two places lie in one province', () => {
    expect(sameProvince('320585', '320281')).toBe(true);
    expect(sameProvince('320585', '341126')).toBe(false);
    expect(sameProvince('32', '32')).toBe(false);
  });
});

describe('following a code to a later day', () => {
  it.each([
    ['320684', '2019-01-01', '2020-11-27', '320614'],
    ['522401', '2010-01-01', '2020-12-10', '520502'],
    ['522400', '2010-01-01', '2020-12-10', '520500'],
    ['320602', '2019-01-01', '2020-11-27', '320613'],
    ['320611', '2019-01-01', '2020-11-27', '320613'],
    ['330103', '2019-01-01', '2021-06-20', '330105'],
    ['420600', '2005-01-01', '2021-06-20', '420600'],
    ['360402', '2005-01-01', '2021-06-20', '360402'],
    ['500222', '2005-01-01', '2021-06-20', '500110'],
    ['371203', '2005-01-01', '2021-06-20', '370117'],
    ['130223', '2005-01-01', '2021-06-20', '130284'],
    ['341126', '2020-10-12', '2020-10-12', '341126'],
    ['330110', '2020-10-12', '2021-06-20', '330110'],
  ])('%s of %s is at %s code %s', (code, knownOn, at, expected) => expect(resolved(code, knownOn, at)).toBe(expected));

  it('stops at the given day', () => {
    expect(resolved('320611', '2019-01-01', '2020-06-04')).toBe('320611');
    expect(resolved('320611', '2019-01-01', '2020-06-05')).toBe('320613');
  });

  it('a retired code that is still used means its last version', () => {
    expect(resolveDivision('320611', '2020-11-27', '2020-11-27')).toEqual({ kind: 'resolved', code: '320613', path: ['320611', '320613'] });
  });

  it('a split has several answers and wants a person to decide', () => {
    expect(resolved('330104', '2020-01-01', '2021-06-20')).toEqual({ kind: 'ambiguous', codes: ['330102', '330114'] });
    expect(resolved('320304', '2009-01-01', '2021-06-20')).toEqual({ kind: 'ambiguous', codes: ['320302', '320311', '320312'] });
    expect(resolved('520321', '2015-01-01', '2021-06-20')).toEqual({ kind: 'ambiguous', codes: ['520302', '520303', '520304'] });
    expect(resolved('371200', '2015-01-01', '2021-06-20')).toEqual({ kind: 'ambiguous', codes: ['370116', '370117'] });
  });

  it('a recycled code is followed from the day it was known on', () => {
    expect(resolved('511403', '1996-05-12', '2020-01-01')).toBe('500102');
    expect(resolved('511403', '2015-05-12', '2020-01-01')).toBe('511403');
  });

  it('several changes in a row are followed to the end', () => {
    const found = resolveDivision('320304', '1990-01-01', '2005-01-01');
    expect(found).toEqual({ kind: 'resolved', code: '320304', path: ['320304'] });
    expect(resolved('320622', '1985-01-01', '2021-01-01')).toBe('320682');
  });
});

describe('the dated list', () => {
  it.each(divisionChanges.map((change) => [`${change.code} on ${change.until}`, change] as const))(
    '%s ends one version and begins the next',
    (_name, change) => {
      const before = String(Number(change.until.slice(0, 4)) - 1) + change.until.slice(4);
      expect(findDivision(change.code, before)).toMatchObject({ to: change.until, precision: 'day' });
      change.successors.forEach((successor) => expect(findDivision(successor, change.until)).toBeDefined());
      expect(change.source).toMatch(/〔\d{4}〕\d+号$/);
    },
  );
});
