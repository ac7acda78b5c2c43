import { remembered } from './remembered';

/**
 * A moment: ISO 8601 with offset, seconds or finer, e.g. `2020-10-12T08:40:00+08:00`. Finer than a millisecond is cut off.
 * @format instant
 */
export type Instant = string;

/**
 * A day in the calendar of China, e.g. `2020-10-12`.
 * @format calendar-date
 */
export type CalendarDate = string;

const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;
const LARGEST_OFFSET_MINUTES = 14 * 60;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
// No summer time since 1991; earlier summers (1986–1991) matter for birth times only, which are not kept.
const CHINA_OFFSET_MS = 8 * 60 * MINUTE_MS;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,9})?(Z|[+-]\d{2}:[0-5]\d)$/;

/** Real days only, years 1900 to 2200. */
export function isCalendarDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return false;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(ms).toISOString().slice(0, 10) === text;
}

/** No 24:00, no leap second, no `-00:00`; the day must be real here and in China. */
export function isInstant(text: string): boolean {
  const [, date, , , , , offset] = INSTANT.exec(text) ?? [];
  if (date === undefined || offset === undefined || !isCalendarDate(date)) return false;
  if (offset === '-00:00' || Math.abs(offsetMinutes(offset)) > LARGEST_OFFSET_MINUTES) return false;
  return isCalendarDate(isoInChina(Date.parse(text)).slice(0, 10));
}

type Read = Readonly<{ ms: number; day: CalendarDate }>;
/** The same few moments are read over and over while a rule decides; reading is pure, so what was read stays true. */
const read = remembered(2_000, (instant: Instant): Read => {
  if (!isInstant(instant)) throw new RangeError('not an instant');
  const ms = Date.parse(instant);
  return { ms, day: isoInChina(ms).slice(0, 10) };
});

/** Milliseconds since 1970. Throws a RangeError for anything that `isInstant` refuses. */
export function toMilliseconds(instant: Instant): number {
  return read(instant).ms;
}

/** The day it is in China (+08:00) at that moment. */
export function dateInChina(instant: Instant): CalendarDate {
  return read(instant).day;
}

/** Formats with +08:00; milliseconds only when there are any. */
export function instantInChina(ms: number): Instant {
  const iso = isoInChina(ms);
  return `${iso.endsWith('.000Z') ? iso.slice(0, 19) : iso.slice(0, 23)}+08:00`;
}

/** Negative when `a` is earlier, 0 for the same moment whatever the offsets, positive when later. */
export function compareInstants(a: Instant, b: Instant): number {
  return toMilliseconds(a) - toMilliseconds(b);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return toDate(dayStartUtc(date) + days * DAY_MS);
}

/** The corresponding day; where the month has none, its last day (Civil Code art. 202). */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const start = new Date(dayStartUtc(date));
  const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 0)).getUTCDate();
  return toDate(first + (Math.min(start.getUTCDate(), lastDay) - 1) * DAY_MS);
}

export function startOfDay(date: CalendarDate): Instant {
  return instantInChina(dayStartUtc(date) - CHINA_OFFSET_MS);
}

/** The exclusive end: 00:00 of the next day, which people write as 24:00 of this one. */
export function endOfDay(date: CalendarDate): Instant {
  return instantInChina(dayStartUtc(date) + DAY_MS - CHINA_OFFSET_MS);
}

/** Completed years; negative before birth. Who was born on 29 February completes a common year on the 28th. */
export function ageAt(birthDate: CalendarDate, date: CalendarDate): number {
  const years = yearOf(date) - yearOf(birthDate);
  return addMonths(birthDate, years * 12) <= toDate(dayStartUtc(date)) ? years : years - 1;
}

/** Saturday and Sunday, whatever the holidays. */
export function isWeekend(date: CalendarDate): boolean {
  return [0, 6].includes(new Date(dayStartUtc(date)).getUTCDay());
}

export function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4));
}

/** `2020-10-23 24:00` when due at the end of a day, else `2020-10-16 08:10`; seconds only when there are any. */
export function dueInWords(dueAt: Instant): string {
  const iso = isoInChina(toMilliseconds(dueAt));
  if (iso.slice(11) === '00:00:00.000Z') return `${addDays(iso.slice(0, 10), -1)} 24:00`;
  return `${iso.slice(0, 10)} ${iso.slice(17, 19) === '00' ? iso.slice(11, 16) : iso.slice(11, 19)}`;
}

function dayStartUtc(date: CalendarDate): number {
  if (!isCalendarDate(date)) throw new RangeError('not a calendar date');
  return Date.parse(`${date}T00:00:00Z`);
}

function toDate(utcMs: number): CalendarDate {
  return new Date(utcMs).toISOString().slice(0, 10);
}

function isoInChina(ms: number): string {
  return new Date(ms + CHINA_OFFSET_MS).toISOString();
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  return Number(offset.slice(0, 3)) * 60 + Number(offset.slice(0, 1) + offset.slice(4));
}
