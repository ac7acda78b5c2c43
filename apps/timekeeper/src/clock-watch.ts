import { toMilliseconds, type Instant } from '@guitu/standards';

/** By how much clocks may differ that still count as the same: limits are hours and days, and corrections of a running clock are far smaller. */
export const clockToleranceMs = 60_000;
/** How long a new time must hold before it is believed, unless said otherwise. */
export const clockHoldMs = 3_600_000;
/** Deviations from one trusted reading add up, so that many small jumps are one large; after this long a new one is trusted. */
const readingLastsMs = 3_600_000;
/** A reading takes both clocks; what happens between the two, such as a pause of the machine, must not count as a jump. */
const readWithinMs = 1_000;
const readAttempts = 5;

export type ClockWatchParts = Readonly<{
  /** The wall clock that limits are judged by. */
  now: () => Instant;
  /** Milliseconds that run on at their pace whatever the wall clock does, as long as the machine is awake; from any beginning. */
  steadyMs?: () => number;
  /** What another machine's clock shows, in milliseconds since 1970. One of this machine never differs and does no harm. */
  otherClock?: () => Promise<number>;
  /** How long a new time must hold before it is believed. */
  holdMs?: number;
}>;

/** The wall clock cannot be believed now; nobody may judge a limit by it. The message says by how much, and until when. */
export class ClockInDoubt extends Error {
  override readonly name = 'ClockInDoubt';
}

type Reading = Readonly<{ wallMs: number; steadyMs: number }>;

/**
 * Whether the wall clock may be believed: it goes on as time itself does, and agrees with the other clock. After a jump it is in doubt until it is
 * where it should be again, or until the new time has held for a while: corrections are legitimate, and a laptop sleeps. Two clocks that disagree
 * are in doubt for as long as they do, since nothing here tells which of them is right. The first reading of a process is believed.
 */
export class ClockWatch {
  private trusted: Reading | undefined;
  /** Since when the new time holds. */
  private doubted: Reading | undefined;

  constructor(private readonly parts: ClockWatchParts) {}

  /** Asks both clocks of this machine and the other one. @throws ClockInDoubt */
  async mustAgree(): Promise<void> {
    const { otherClock } = this.parts;
    if (otherClock !== undefined) {
      const before = this.read().wallMs;
      const other = await otherClock();
      const ahead = Math.max(0, before - other) - Math.max(0, other - this.read().wallMs);
      if (Math.abs(ahead) > clockToleranceMs) throw new ClockInDoubt(`The wall clock is ${apart(ahead)} the database's. ${standsStill}`);
    }
    this.mustHold();
  }

  /** Asks the clocks of this machine alone, without waiting for anything. @throws ClockInDoubt */
  mustHold(): void {
    const { holdMs = clockHoldMs } = this.parts;
    const read = this.read();
    this.trusted ??= read;
    const ahead = deviation(this.trusted, read);
    if (Math.abs(ahead) <= clockToleranceMs) return this.believe(read);
    if (this.doubted === undefined || Math.abs(deviation(this.doubted, read)) > clockToleranceMs) this.doubted = read;
    const left = this.doubted.steadyMs + holdMs - read.steadyMs;
    if (left <= 0) return this.believe(read, { anew: true });
    const until = `unless this time holds for ${seconds(left)} more`;
    throw new ClockInDoubt(`The wall clock is ${apart(ahead)} where it should be. ${standsStill.slice(0, -1)}, ${until}.`);
  }

  private believe(read: Reading, { anew = false } = {}): void {
    this.doubted = undefined;
    if (anew || this.trusted === undefined || read.steadyMs - this.trusted.steadyMs >= readingLastsMs) this.trusted = read;
  }

  private read(): Reading {
    const { now, steadyMs = () => performance.now() } = this.parts;
    for (let attempt = 0; attempt < readAttempts; attempt += 1) {
      const before = steadyMs();
      const wallMs = toMilliseconds(now());
      if (steadyMs() - before <= readWithinMs) return { wallMs, steadyMs: before };
    }
    throw new ClockInDoubt(`The clocks could not be read together within ${readAttempts} attempts. ${standsStill}`);
  }
}

const standsStill = 'No limit is judged until it agrees again.';
/** By how much the wall clock went ahead of time itself between two readings. */
const deviation = (from: Reading, to: Reading): number => to.wallMs - from.wallMs - (to.steadyMs - from.steadyMs);
const seconds = (ms: number): string => `${Math.ceil(Math.abs(ms) / 1_000)} s`;
const apart = (aheadMs: number): string => `${seconds(aheadMs)} ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
