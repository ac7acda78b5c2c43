import type { Recorded } from '@guitu/history';
import type { Instant } from '@guitu/rescue';
import { compareInstants, endOfDay, instantInChina, isCalendarDate, isInstant, toMilliseconds } from '@guitu/standards';
import { BadUse } from './failures';

/** Which of the two times of an event a moment is compared with. */
export const clocks = ['recorded', 'occurred'] as const;
export type Clock = (typeof clocks)[number];

/**
 * A point of the past. A position: everything up to it. A moment by `recorded`: what the log knew then, that is everything up to the last event
 * recorded by then. A moment by `occurred`: what had happened by then as people state it today, that is the events said to have happened by
 * then, in the order of the log.
 */
export type PointOfPast = Readonly<{ position: bigint }> | Readonly<{ moment: Instant; by: Clock }>;

/** Reads `41`, `2020-10-23T09:00:00+08:00`, or `2020-10-23`, which means the end of that day in China. @throws BadUse */
export function parsePointOfPast(text: string, by: Clock): PointOfPast {
  if (/^\d{1,19}$/.test(text)) return { position: BigInt(text) };
  if (isInstant(text)) return { moment: text, by };
  if (isCalendarDate(text)) return { moment: instantInChina(toMilliseconds(endOfDay(text)) - 1), by };
  throw new BadUse(
    `--as-of 要求日志位置、日期或带时区的时间 wants a position of the log, a day or a time with offset (2020-10-23T09:00:00+08:00), not ${text}.`,
  );
}

/** The events that belong to that point. */
export function eventsUpTo(events: readonly Recorded[], point: PointOfPast): readonly Recorded[] {
  if ('position' in point) return events.filter(({ position }) => position <= point.position);
  const { moment, by } = point;
  if (by === 'occurred') return events.filter(({ meta }) => compareInstants(meta.at, moment) <= 0);
  return events.slice(0, events.findLastIndex(({ recordedAt }) => compareInstants(recordedAt, moment) <= 0) + 1);
}
