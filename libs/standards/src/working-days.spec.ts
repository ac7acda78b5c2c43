import { addDays } from './time';
import { nextWorkingDay, workingDay } from './working-days';

const restBetween = (first: string, last: string): string[] => {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) if (!workingDay(day).working) days.push(day);
  return days;
};

describe('the working-day calendar', () => {
  it('rests on 1 to 8 October 2020 and works on Sunday 27 September and Saturday 10 October', () => {
    expect(restBetween('2020-09-27', '2020-10-11')).toEqual([
      ...Array.from({ length: 8 }, (_, index) => `2020-10-0${index + 1}`),
      '2020-10-11',
    ]);
  });

  it('rests on 11 to 17 February 2021 and works on Sunday 7 and Saturday 20 February', () => {
    expect(restBetween('2021-02-07', '2021-02-21')).toEqual([...[11, 12, 13, 14, 15, 16, 17].map((day) => `2021-02-${day}`), '2021-02-21']);
  });

  it('rests on 1 to 5 May 2021 and works on Sunday 25 April and Saturday 8 May', () => {
    expect(restBetween('2021-04-25', '2021-05-09')).toEqual([1, 2, 3, 4, 5, 9].map((day) => `2021-05-0${day}`));
  });

  it('says whether a day of rest is a weekend or a holiday', () => {
    expect(workingDay('2020-10-17')).toEqual({ working: false, provisional: false, rest: 'weekend' });
    expect(workingDay('2020-10-03')).toEqual({ working: false, provisional: false, rest: 'holiday' });
    expect(workingDay('2020-10-12')).toEqual({ working: true, provisional: false });
  });

  it('is published from 2004 to 2026 and provisional outside', () => {
    const provisional = ['2003-12-31', '2004-01-02', '2026-12-31', '2027-01-04'].map((day) => workingDay(day).provisional);
    expect(provisional).toEqual([true, false, false, true]);
  });

  it('lets weekends decide where nothing is published', () => {
    expect(workingDay('2031-10-01')).toEqual({ working: true, provisional: true });
    expect(workingDay('2031-10-04')).toEqual({ working: false, provisional: true, rest: 'weekend' });
  });

  it('finds the next working day, which may be the day itself', () => {
    expect(nextWorkingDay('2020-10-01')).toEqual({ date: '2020-10-09', provisional: false });
    expect(nextWorkingDay('2020-10-10')).toEqual({ date: '2020-10-10', provisional: false });
    expect(nextWorkingDay('2027-01-02')).toEqual({ date: '2027-01-04', provisional: true });
  });

  it('refuses what is no date', () => {
    expect(() => workingDay('2021-02-29')).toThrow(RangeError);
  });
});
