import type { CalendarDate, Instant } from './time';
import type { Rest } from './working-days';

/** One step of counting a limit: plain data, stored with the duty, so that an auditor can follow the count without the rules of today. */
export type CountStep =
  /** Minutes and hours run from the moment itself; 0 minutes is "immediately". */
  | Readonly<{ rule: 'from-the-moment'; at: Instant; amount: number; unit: 'minutes' | 'hours' }>
  /** Civil Code art. 201. */
  | Readonly<{ rule: 'first-day-not-counted'; date: CalendarDate }>
  | Readonly<{ rule: 'working-day'; date: CalendarDate; nth: number }>
  | Readonly<{ rule: 'skipped'; date: CalendarDate; why: Rest }>
  /** Many working days at once: the first and the last, and how many days of rest lay between. */
  | Readonly<{ rule: 'working-days'; first: CalendarDate; last: CalendarDate; amount: number; skipped: number }>
  | Readonly<{ rule: 'days'; first: CalendarDate; last: CalendarDate; amount: number }>
  /** Civil Code art. 202. */
  | Readonly<{ rule: 'corresponding-day'; date: CalendarDate; months: number }>
  /** Civil Code art. 202: the month has no such day (`wanted`), its last day stands for it. */
  | Readonly<{ rule: 'month-end'; date: CalendarDate; wanted: number }>
  /** Civil Code art. 203: the last day was no working day. */
  | Readonly<{ rule: 'rolled'; from: CalendarDate; to: CalendarDate; why: Rest }>
  /** Civil Code art. 1259: `full` includes the last day of the preceding period, `over` begins the day after. */
  | Readonly<{ rule: 'threshold'; reached: 'full' | 'over'; last: CalendarDate; startsOn: CalendarDate }>;
