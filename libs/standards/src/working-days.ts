import published from 'chinese-days/dist/chinese-days.json';
import { addDays, isWeekend, yearOf, type CalendarDate } from './time';

const holidays: Readonly<Record<string, string>> = published.holidays;
const makeUpDays: Readonly<Record<string, string>> = published.workdays;
const publishedYears = new Set(Object.keys(holidays).map(yearOf));

export type Rest = 'weekend' | 'holiday';
/** `provisional`: no holiday arrangement of that year is known, so weekends alone decide. `rest` says why it is no working day. */
export type WorkingDay = Readonly<{ working: true; provisional: boolean } | { working: false; provisional: boolean; rest: Rest }>;

/**
 * Whether people work on that day: holidays and make-up days as the State Council arranged them (chinese-days: 2004 to 2026), else weekends.
 * Throws a RangeError for anything that is no calendar date.
 */
export function workingDay(date: CalendarDate): WorkingDay {
  const weekend = isWeekend(date);
  const provisional = !publishedYears.has(yearOf(date));
  if (holidays[date] !== undefined) return { working: false, provisional, rest: 'holiday' };
  if (weekend && makeUpDays[date] === undefined) return { working: false, provisional, rest: 'weekend' };
  return { working: true, provisional };
}

/** No rest lasts longer: the longest known are the nine days of Spring Festival. */
const LONGEST_REST_DAYS = 31;

/** The first working day on or after `date`. `provisional` when any day looked at was. */
export function nextWorkingDay(date: CalendarDate): Readonly<{ date: CalendarDate; provisional: boolean }> {
  let provisional = false;
  for (let ahead = 0; ahead <= LONGEST_REST_DAYS; ahead += 1) {
    const day = addDays(date, ahead);
    const found = workingDay(day);
    provisional ||= found.provisional;
    if (found.working) return { date: day, provisional };
  }
  throw new Error(`no working day within ${LONGEST_REST_DAYS} days after ${date}`);
}
