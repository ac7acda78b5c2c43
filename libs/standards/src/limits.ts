import { countDays, rollForward, type DayUnit } from './count-days';
import type { CountStep } from './count-step';
import { addDays, dateInChina, endOfDay, instantInChina, startOfDay, toMilliseconds, type Instant } from './time';

/**
 * A time limit as a policy value. Minutes and hours run from the moment (0 minutes: immediately); working days, days and months begin
 * the day after and end at 24:00 of their last day in China.
 * `roll`: a last day that is no working day moves to the next working day (Civil Code art. 203): for paperwork, never for what protects life.
 * `after`: a period that must have passed before; the limit begins when it has.
 */
export type Limit = Readonly<{ amount: number; unit: 'minutes' | 'hours' | DayUnit; roll?: boolean; after?: Threshold }>;

/**
 * A period that must have passed. `over: false` (满): reached on its last day. `over: true` (超过): only from the day after (Civil Code art. 1259).
 * A threshold never rolls.
 */
export type Threshold = Readonly<{ amount: number; unit: DayUnit; over: boolean }>;

/**
 * `dueAt` is exclusive: later is late. `startsAt` is the earliest moment at which the duty can be met; without a threshold it is the moment
 * counted from. `provisional`: a day was looked at for which no working-day calendar has been published.
 */
export type DueDate = Readonly<{ dueAt: Instant; startsAt: Instant; provisional: boolean; counted: readonly CountStep[] }>;
/** When a threshold is reached, and how it was found. */
export type ThresholdReached = Omit<DueDate, 'dueAt'>;

const MINUTE_MS = 60_000;
const LARGEST_AMOUNT = { minutes: 1_000_000, hours: 100_000, 'working-days': 2_500, days: 36_500, months: 1_200 } as const;

/** When something is due that has to happen within `limit` of `from`. Throws a RangeError for an impossible limit or instant. */
export function countDue(limit: Limit, from: Instant): DueDate {
  const { startsAt, provisional, counted } =
    limit.after === undefined ? { startsAt: from, provisional: false, counted: [] } : reachThreshold(limit.after, from);
  const counting = countLimit(limit, startsAt);
  return { dueAt: counting.dueAt, startsAt, provisional: provisional || counting.provisional, counted: [...counted, ...counting.counted] };
}

/** From when a period counted from `from` is full (满), or exceeded (超过). */
export function reachThreshold(threshold: Threshold, from: Instant): ThresholdReached {
  checkAmount(threshold);
  const { last, provisional, counted } = countDays(threshold.amount, threshold.unit, dateInChina(from));
  const startsOn = threshold.over ? addDays(last, 1) : last;
  const step: CountStep = { rule: 'threshold', reached: threshold.over ? 'over' : 'full', last, startsOn };
  return { startsAt: startOfDay(startsOn), provisional, counted: [...counted, step] };
}

function countLimit(limit: Limit, from: Instant): Omit<DueDate, 'startsAt'> {
  checkAmount(limit);
  const { amount, unit } = limit;
  if (unit === 'minutes' || unit === 'hours') {
    if (limit.roll === true) throw new RangeError('a limit in minutes or hours cannot roll');
    const dueAt = instantInChina(toMilliseconds(from) + amount * (unit === 'hours' ? 60 : 1) * MINUTE_MS);
    return { dueAt, provisional: false, counted: [{ rule: 'from-the-moment', at: from, amount, unit }] };
  }
  const days = countDays(amount, unit, dateInChina(from));
  const { last, provisional, counted } = limit.roll === true ? rollForward(days) : days;
  return { dueAt: endOfDay(last), provisional, counted };
}

function checkAmount({ amount, unit }: Readonly<{ amount: number; unit: Limit['unit'] }>): void {
  const least = unit === 'minutes' || unit === 'hours' ? 0 : 1;
  if (!Number.isInteger(amount) || amount < least || amount > LARGEST_AMOUNT[unit]) throw new RangeError(`no limit of ${amount} ${unit}`);
}
