import {
  addDays,
  addMonths,
  ageAt,
  compareInstants,
  dateInChina,
  dueInWords,
  endOfDay,
  instantInChina,
  isCalendarDate,
  isInstant,
  isWeekend,
  startOfDay,
  toMilliseconds,
} from './time';

describe('calendar dates', () => {
  it.each(['2020-10-12', '2020-02-29', '2000-02-29', '1900-01-01', '2200-12-31'])('%s is a real day', (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });

  it.each(['2021-02-29', '1900-02-29', '2026-02-30', '2020-13-01', '2020-00-10', '2020-10-00', '1899-12-31', '2201-01-01', '0000-01-01'])(
    '%s is no day of the calendar',
    (text) => expect(isCalendarDate(text)).toBe(false),
  );

  it.each(['', '2020-1-1', '20201012', '2020-10-12 ', '2020/10/12', '99999-01-01', '２０２０-10-12', '2020-10-12T00:00:00Z'])(
    'the text "%s" is no date',
    (text) => expect(isCalendarDate(text)).toBe(false),
  );
});

describe('instants', () => {
  it.each([
    '2020-10-12T08:40:00+08:00',
    '2020-10-12T00:40:00Z',
    '2020-10-12T00:40:00.123Z',
    '2020-10-12T00:40:00.123456+00:00',
    '2020-10-12T00:40:00-11:30',
  ])('%s is an instant', (text) => expect(isInstant(text)).toBe(true));

  it.each([
    '2020-10-12T08:40:00',
    '2020-10-12T08:40+08:00',
    '2020-10-12 08:40:00+08:00',
    '2026-11-21T24:00:00Z',
    '2016-12-31T23:59:60Z',
    '2026-02-30T00:00:00Z',
    '2020-10-12T08:40:00-00:00',
    '2020-10-12T08:40:00+15:00',
    '2020-10-12T08:40:00+08:60',
    '2020-10-12T08:40:00+0800',
    '2020-10-12t08:40:00z',
    '1900-01-01T00:00:00+14:00',
    '2200-12-31T20:00:00Z',
  ])('%s is refused', (text) => expect(isInstant(text)).toBe(false));

  it('what is no instant is never counted with', () => {
    expect(() => toMilliseconds('2020-10-12')).toThrow(RangeError);
    expect(() => dateInChina('yesterday')).toThrow(RangeError);
    expect(() => addDays('2021-02-29', 1)).toThrow(RangeError);
    expect(() => addMonths('2020-10', 1)).toThrow(RangeError);
  });

  it('the day in China begins eight hours before the day in Greenwich', () => {
    expect(dateInChina('2020-10-12T15:59:59Z')).toBe('2020-10-12');
    expect(dateInChina('2020-10-12T16:00:00Z')).toBe('2020-10-13');
    expect(dateInChina('2020-10-12T00:00:00+08:00')).toBe('2020-10-12');
  });

  it('the same moment in two offsets is equal', () => {
    expect(compareInstants('2020-10-12T08:40:00+08:00', '2020-10-12T00:40:00Z')).toBe(0);
    expect(compareInstants('2020-10-12T08:40:00+08:00', '2020-10-12T08:40:00Z')).toBeLessThan(0);
    expect(compareInstants('2020-10-12T08:40:00.001+08:00', '2020-10-12T08:40:00+08:00')).toBe(1);
  });

  it('is written with +08:00, and with milliseconds only when there are any', () => {
    expect(instantInChina(toMilliseconds('2020-10-12T00:40:00Z'))).toBe('2020-10-12T08:40:00+08:00');
    expect(instantInChina(toMilliseconds('2020-10-12T00:40:00.050Z'))).toBe('2020-10-12T08:40:00.050+08:00');
  });

  it('a day runs from 00:00 to 24:00, which is 00:00 of the next', () => {
    expect(startOfDay('2020-10-23')).toBe('2020-10-23T00:00:00+08:00');
    expect(endOfDay('2020-10-23')).toBe('2020-10-24T00:00:00+08:00');
    expect(endOfDay('2020-12-31')).toBe('2021-01-01T00:00:00+08:00');
  });

  it('the end of a day is said as 24:00', () => {
    expect(dueInWords(endOfDay('2020-10-23'))).toBe('2020-10-23 24:00');
    expect(dueInWords('2020-10-23T16:00:00Z')).toBe('2020-10-23 24:00');
    expect(dueInWords('2020-10-16T08:10:00+08:00')).toBe('2020-10-16 08:10');
    expect(dueInWords('2020-10-16T08:10:05+08:00')).toBe('2020-10-16 08:10:05');
    expect(dueInWords('2020-10-16T00:00:30+08:00')).toBe('2020-10-16 00:00:30');
  });
});

describe('adding to a date', () => {
  it('days run over months and years', () => {
    expect(addDays('2020-10-16', 60)).toBe('2020-12-15');
    expect(addDays('2020-12-31', 1)).toBe('2021-01-01');
    expect(addDays('2020-03-01', -1)).toBe('2020-02-29');
  });

  it.each([
    ['2020-11-30', 3, '2021-02-28'],
    ['2020-12-31', 2, '2021-02-28'],
    ['2020-02-29', 12, '2021-02-28'],
    ['2020-10-22', 2, '2020-12-22'],
    ['2021-03-01', 2, '2021-05-01'],
    ['2020-12-22', 2, '2021-02-22'],
    ['2020-03-31', -1, '2020-02-29'],
    ['2020-01-15', -1, '2019-12-15'],
  ])('%s and %i months is %s', (from, months, expected) => expect(addMonths(from, months)).toBe(expected));

  it('Saturday and Sunday are the weekend', () => {
    expect(['2020-10-16', '2020-10-17', '2020-10-18', '2020-10-19'].map(isWeekend)).toEqual([false, true, true, false]);
  });
});

describe('age', () => {
  it('counts completed years, on the birthday itself too', () => {
    expect(ageAt('2009-05-16', '2020-11-10')).toBe(11);
    expect(ageAt('2009-05-16', '2020-05-15')).toBe(10);
    expect(ageAt('2009-05-16', '2020-05-16')).toBe(11);
  });

  it('who was born on 29 February completes a common year on the 28th', () => {
    expect(ageAt('1980-02-29', '2021-02-27')).toBe(40);
    expect(ageAt('1980-02-29', '2021-02-28')).toBe(41);
    expect(ageAt('1980-02-29', '2020-02-28')).toBe(39);
  });

  it('is 0 in the first year and negative before birth', () => {
    expect(ageAt('2020-06-01', '2021-05-31')).toBe(0);
    expect(ageAt('2020-06-01', '2020-05-31')).toBe(-1);
  });
});
