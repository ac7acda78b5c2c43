import { Timekeeper, type TimekeeperParts } from './timekeeper';

export { ClockInDoubt, clockHoldMs, clockToleranceMs, ClockWatch, type ClockWatchParts } from './clock-watch';
export { clockOf } from './clock-of';
export { reminderHorizonMs, Timekeeper, timekeeperRestMs, type Looked, type Notice, type TimekeeperParts } from './timekeeper';
export { keepTime, timekeeperLease, type TimeKept, type TimeKeptParts } from './keep-time';

/** A timekeeper, not yet started. */
export const createTimekeeper = (parts: TimekeeperParts): Timekeeper => new Timekeeper(parts);
