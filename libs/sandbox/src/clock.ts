import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compareInstants, instantInChina, isInstant, type Instant } from '@guitu/standards';

/** The clock of a sandbox stands still until a hand moves it, and only forwards. A restart finds it where it stood. */
export class HandMovedClock {
  private moment: Instant;

  constructor(private readonly file: string) {
    this.moment = existsSync(file) ? readFileSync(file, 'utf8').trim() : '2000-01-01T00:00:00+08:00';
    if (!isInstant(this.moment)) throw new Error(`The sandbox clock in ${file} holds no instant.`);
  }

  now(): Instant {
    return this.moment;
  }

  /** @throws ClockGoesBack */
  moveTo(moment: Instant): void {
    if (compareInstants(moment, this.moment) < 0) throw new ClockGoesBack(this.moment);
    mkdirSync(path.dirname(this.file), { recursive: true, mode: 0o700 });
    writeFileSync(`${this.file}.new`, moment);
    renameSync(`${this.file}.new`, this.file);
    this.moment = moment;
  }
}

export class ClockGoesBack extends Error {
  constructor(readonly stands: Instant) {
    super(`The sandbox clock stands at ${stands}; it only moves forwards.`);
    this.name = 'ClockGoesBack';
  }
}

/** The clock on the wall, in China's time. */
export const wallClock = (): Instant => instantInChina(Date.now());
