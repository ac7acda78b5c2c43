import { isOpen, noAgency, valueOn, withEntry, type Agency } from './agency';

const names = [
  { from: '2000-01-01', value: '甲' },
  { from: '2010-01-01', value: '乙' },
];

describe('what is known of an agency has a day from which it holds', () => {
  it('nothing holds before the first day', () => expect(valueOn(names, '1999-12-31')).toBeUndefined());
  it('an entry holds on its own first day', () => expect(valueOn(names, '2010-01-01')).toBe('乙'));
  it('an entry holds until the day before the next one', () => expect(valueOn(names, '2009-12-31')).toBe('甲'));
  it('an entry made late takes its place by day, not by when it was made', () => {
    const later = withEntry(names, '2005-01-01', '丙');
    expect(later.map(({ value }) => value)).toEqual(['甲', '丙', '乙']);
    expect(valueOn(later, '2010-01-01')).toBe('乙');
  });
  it('a second entry for the same day replaces the first', () =>
    expect(valueOn(withEntry(names, '2010-01-01', '丙'), '2011-01-01')).toBe('丙'));
});

describe('an agency works from the day it opens until the day before it closes', () => {
  const agency: Agency = { ...noAgency, registered: true, openFrom: '2005-01-01', closedFrom: '2015-01-01' };
  it.each([
    ['2004-12-31T23:59:59+08:00', false],
    ['2005-01-01T00:00:00+08:00', true],
    ['2014-12-31T23:59:59+08:00', true],
    ['2015-01-01T00:00:00+08:00', false],
  ])('on %s: %s', (at, open) => expect(isOpen(agency, at)).toBe(open));
  it('the day is the one in China', () => expect(isOpen(agency, '2004-12-31T16:00:00Z')).toBe(true));
  it('an agency that nobody registered does not work', () =>
    expect(isOpen({ ...agency, registered: false }, '2006-01-01T00:00:00+08:00')).toBe(false));
});
