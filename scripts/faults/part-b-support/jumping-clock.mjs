// A wall clock as bad as clocks get: years ahead and back, a second that comes twice, a leap second, summer time beginning and ending.

const second = 1_000;
const hour = 3_600 * second;
const tenYears = 10 * 365.25 * 24 * hour;
/** Summer time begins or ends by an hour, on Lord Howe by half of one; in St John's zones are half hours; in Shanghai there is none. */
const zones = ['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia'];

const jumps = {
  'ten years ahead': (clock) => void (clock.offset = tenYears),
  'ten years back': (clock) => void (clock.offset = -tenYears),
  'a second again': (clock) => void (clock.offset -= second),
  'summer time ends': (clock) => void (clock.offset -= hour),
  'summer time begins': (clock) => void (clock.offset += hour),
  'a leap second': (clock) => void (clock.fixed = clock.fixed === undefined ? Date.UTC(2016, 11, 31, 23, 59, 59, 999) : undefined),
  'standing still': (clock) => void (clock.fixed = clock.fixed === undefined ? clock.last : undefined),
  'another time zone': (clock) => void (process.env.TZ = clock.random.pick(zones)),
  'right again': (clock) => ((clock.offset = 0), (clock.fixed = undefined)),
};
export const jumpNames = Object.keys(jumps);

/** `clock.ms()` is what the clock shows while it is really `real()`; before each answer it may jump. `clock.jumps` counts. */
export function jumpingClock({ random, real, often = 0.3 }) {
  const clock = { random, offset: 0, fixed: undefined, last: real(), jumps: 0, steppedBack: 0 };
  clock.ms = () => {
    if (random() < often) {
      jumps[random.pick(jumpNames)](clock);
      clock.jumps += 1;
    }
    const shown = clock.fixed ?? real() + clock.offset;
    if (shown < clock.last) clock.steppedBack += 1;
    return (clock.last = shown);
  };
  clock.text = () => new Date(clock.ms()).toISOString();
  return clock;
}

/** Runs `work` while the whole process believes this clock, its time zone included. */
export async function believing(clock, work) {
  const RightDate = globalThis.Date;
  const zone = process.env.TZ;
  globalThis.Date = class extends RightDate {
    constructor(...given) {
      super(...(given.length === 0 ? [clock.ms()] : given));
    }
    static now() {
      return clock.ms();
    }
  };
  try {
    return await work();
  } finally {
    globalThis.Date = RightDate;
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
}
