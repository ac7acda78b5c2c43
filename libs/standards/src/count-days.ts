import type { CountStep } from './count-step';
import { addDays, addMonths, type CalendarDate } from './time';
import { nextWorkingDay, workingDay } from './working-days';

export type DayUnit = 'working-days' | 'days' | 'months';
/** The last day of a period, and how it was found. */
export type CountedDays = Readonly<{ last: CalendarDate; provisional: boolean; counted: readonly CountStep[] }>;

/** Up to here each working day is listed; above, only the first and the last. */
const LISTED_WORKING_DAYS = 20;

/** Counts `amount` (at least 1) of `unit` from the day after `from` (Civil Code arts 201–202). */
export function countDays(amount: number, unit: DayUnit, from: CalendarDate): CountedDays {
  const found = unit === 'working-days' ? countWorkingDays(amount, from) : countCalendar(amount, unit, from);
  return { ...found, counted: [{ rule: 'first-day-not-counted', date: from }, ...found.counted] };
}

/** A last day that is no working day moves to the next working day (Civil Code art. 203). */
export function rollForward(days: CountedDays): CountedDays {
  const day = workingDay(days.last);
  if (day.working) return { ...days, provisional: days.provisional || day.provisional };
  const next = nextWorkingDay(days.last);
  const step: CountStep = { rule: 'rolled', from: days.last, to: next.date, why: day.rest };
  return { last: next.date, provisional: days.provisional || next.provisional, counted: [...days.counted, step] };
}

function countCalendar(amount: number, unit: 'days' | 'months', from: CalendarDate): CountedDays {
  if (unit === 'days') {
    const last = addDays(from, amount);
    return { last, provisional: false, counted: [{ rule: 'days', first: addDays(from, 1), last, amount }] };
  }
  const last = addMonths(from, amount);
  const wanted = Number(from.slice(8));
  const step: CountStep =
    Number(last.slice(8)) === wanted
      ? { rule: 'corresponding-day', date: last, months: amount }
      : { rule: 'month-end', date: last, wanted };
  return { last, provisional: false, counted: [step] };
}

function countWorkingDays(amount: number, from: CalendarDate): CountedDays {
  const steps: CountStep[] = [];
  let provisional = false;
  let last = from;
  for (let nth = 0; nth < amount;) {
    last = addDays(last, 1);
    const day = workingDay(last);
    provisional ||= day.provisional;
    if (day.working) nth += 1;
    steps.push(day.working ? { rule: 'working-day', date: last, nth } : { rule: 'skipped', date: last, why: day.rest });
  }
  return { last, provisional, counted: amount > LISTED_WORKING_DAYS ? [summary(steps, amount, last)] : steps };
}

function summary(steps: readonly CountStep[], amount: number, last: CalendarDate): CountStep {
  const first = steps.find((step) => step.rule === 'working-day');
  return { rule: 'working-days', first: first?.date ?? last, last, amount, skipped: steps.length - amount };
}
