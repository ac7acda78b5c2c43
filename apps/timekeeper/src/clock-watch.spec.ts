import { instantInChina } from '@guitu/standards';
import { ClockInDoubt, ClockWatch } from './clock-watch';

const minute = 60_000;
const hour = 60 * minute;
const tenYears = 3_652 * 24 * hour;

/** A machine whose wall clock can be set, time that goes on, and a watch that holds a new time for an hour. */
function machine({ other = false, holdMs = hour } = {}) {
  const clocks = { wallMs: Date.UTC(2020, 9, 20), steadyMs: 5_000, otherMs: Date.UTC(2020, 9, 20) };
  const watch = new ClockWatch({
    now: () => instantInChina(clocks.wallMs),
    steadyMs: () => clocks.steadyMs,
    holdMs,
    ...(other ? { otherClock: () => Promise.resolve(clocks.otherMs) } : {}),
  });
  const pass = (ms: number): void => {
    clocks.wallMs += ms;
    clocks.steadyMs += ms;
    clocks.otherMs += ms;
  };
  return { clocks, watch, pass, jump: (ms: number) => void (clocks.wallMs += ms) };
}

describe('a watched clock', () => {
  it('is believed while it goes on as time itself does, for however long', async () => {
    const { watch, pass } = machine();
    for (let look = 0; look < 100; look += 1) {
      await watch.mustAgree();
      pass(7 * hour);
    }
  });
  it.each([
    ['ten years ahead', tenYears],
    ['an hour ahead', hour],
    ['a minute and a second ahead', minute + 1_000],
    ['ten years back', -tenYears],
  ])('that jumps %s is in doubt at once, and until it is right again', async (_name, by) => {
    const { watch, pass, jump } = machine();
    await watch.mustAgree();
    jump(by);
    expect(() => watch.mustHold()).toThrow(ClockInDoubt);
    pass(10 * minute);
    await expect(watch.mustAgree()).rejects.toThrow(by > 0 ? 'ahead of where it should be' : 'behind where it should be');
    jump(-by);
    await watch.mustAgree();
    pass(2 * hour);
    await watch.mustAgree();
  });
  it('may be corrected by less than a minute', async () => {
    const { watch, jump } = machine();
    await watch.mustAgree();
    jump(minute - 1_000);
    await watch.mustAgree();
  });
  it('that creeps ahead by many small jumps is in doubt, too', async () => {
    const { watch, pass, jump } = machine();
    const creep = async (): Promise<void> => {
      for (let look = 0; look < 10; look += 1) {
        await watch.mustAgree();
        pass(30_000);
        jump(minute / 2);
      }
    };
    await expect(creep()).rejects.toThrow(ClockInDoubt);
  });
  it('is believed again when its new time has held, as after a correction or a sleep of the machine', async () => {
    const { watch, pass, jump } = machine();
    await watch.mustAgree();
    jump(8 * hour);
    for (let look = 0; look < 6; look += 1) {
      await expect(watch.mustAgree()).rejects.toThrow(ClockInDoubt);
      pass(10 * minute);
    }
    await watch.mustAgree();
    jump(-8 * hour);
    await expect(watch.mustAgree()).rejects.toThrow(ClockInDoubt);
  });
  it('that jumps again while it is in doubt begins to hold anew', async () => {
    const { watch, pass, jump } = machine();
    await watch.mustAgree();
    jump(hour);
    for (let look = 0; look < 20; look += 1) {
      await expect(watch.mustAgree()).rejects.toThrow('3600 s more');
      pass(50 * minute);
      jump(hour);
    }
  });
  it('tells by how much it differs and how long it must still hold', async () => {
    const { watch, pass, jump } = machine();
    await watch.mustAgree();
    jump(2 * hour);
    expect(() => watch.mustHold()).toThrow(ClockInDoubt);
    pass(20 * minute);
    await expect(watch.mustAgree()).rejects.toThrow(
      'The wall clock is 7200 s ahead of where it should be. No limit is judged until it agrees again, unless this time holds for 2400 s more.',
    );
  });
  it('is read again when the machine paused between its two clocks', async () => {
    let steadyMs = 0;
    const pauses = [0, 90_000, 0, 0, 0, 0];
    const watch = new ClockWatch({ now: () => '2020-10-20T00:00:00+08:00', steadyMs: () => (steadyMs += pauses.shift() ?? 0) });
    watch.mustHold();
    watch.mustHold();
    expect(steadyMs).toBe(90_000);
  });
});

describe('a watched clock beside that of the database', () => {
  it('is believed while both agree to a minute', async () => {
    const { clocks, watch, pass } = machine({ other: true });
    clocks.otherMs += minute - 1_000;
    await watch.mustAgree();
    pass(hour);
    await watch.mustAgree();
  });
  it('is in doubt from the first look on when they differ, and for as long as they do', async () => {
    const { watch, pass, jump } = machine({ other: true });
    jump(tenYears);
    for (let look = 0; look < 10; look += 1) {
      await expect(watch.mustAgree()).rejects.toThrow("ahead of the database's");
      pass(hour);
    }
    jump(-tenYears);
    await watch.mustAgree();
  });
  it('is in doubt when the other one went ahead', async () => {
    const { clocks, watch } = machine({ other: true });
    clocks.otherMs += hour;
    await expect(watch.mustAgree()).rejects.toThrow("3600 s behind the database's");
  });
  it('that jumps together with it, as on one machine, is in doubt all the same', async () => {
    const { clocks, watch, jump } = machine({ other: true });
    await watch.mustAgree();
    jump(hour);
    clocks.otherMs += hour;
    await expect(watch.mustAgree()).rejects.toThrow('where it should be');
  });
});
