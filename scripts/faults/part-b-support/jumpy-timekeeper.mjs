// A timekeeper on a machine whose wall clock jumps ahead and back, before a look and in the middle of one, while true time goes on.
import { app, built, room } from '../support/rooms.mjs';
import { recordsOf } from './random-histories.mjs';

const { ClockWatch, clockToleranceMs, Timekeeper } = app('timekeeper');
const { foldPage, writtenTo } = built('libs/read-models/src/fold-page.js');
const { duty } = built('libs/read-models/src/tables/duty.js');
const { recordedOf } = room('history');
const { instantInChina } = room('standards');

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const tenYears = 3_652.5 * day;
/** Jumps that no correction of a running clock makes. */
const jumps = [2 * minute, hour, 30 * day, 90 * day, tenYears, -hour, -tenYears];
const rounds = 12;

/** The product's timekeeper with its watch. */
export const watchfulTimekeeper = (parts) => new Timekeeper(parts);
export const unwatched = (make) => (parts) => make(Timekeeper, parts);

/** What the duty table would tell of this log. */
async function dutyRows(log) {
  const events = (await recordsOf(log)).map((record) => recordedOf(record));
  return writtenTo(foldPage([duty], new Map(), events), 'duty');
}

const readModelsOf = (log) => ({
  dutiesToNotice: async ({ before }) => {
    const open = (await dutyRows(log)).filter(
      ({ status, breachedAt, dueAtMs }) => status === 'open' && breachedAt === null && dueAtMs < before,
    );
    return { rows: open.sort((one, other) => one.dueAtMs - other.dueAtMs), next: null };
  },
});

/**
 * True time goes on by hours and days, and in each round the wall clock is wrong for less than its hold. Counts breaches that were recorded before
 * their limit had passed by true time, and limits that passed without one when the clock was right at the end.
 */
export async function keepTimeUnderJumps(house, { random, make }) {
  const machine = { trueMs: Date.parse(house.world().now), steadyMs: 0, offset: 0 };
  const counts = { jumps: 0, looks: 0, early: 0, missed: 0, breaches: 0, stoodStill: 0 };
  const show = () => house.setNow(instantInChina(machine.trueMs + machine.offset));
  const pass = (ms) => ((machine.trueMs += ms), (machine.steadyMs += ms), show());
  const jump = (offset) => ((counts.jumps += 1), (machine.offset = offset), show());
  const mayAct = async () => {
    if (machine.offset === 0 && random() < 0.1) jump(random.pick(jumps));
  };
  const clock = new ClockWatch({ now: () => house.world().now, steadyMs: () => machine.steadyMs });
  const timekeeper = make({ ...house, readModels: readModelsOf(house.log), clock, mayAct });
  const look = async () => {
    const known = (await recordsOf(house.log)).length;
    await timekeeper.runOnce();
    const breached = (await recordsOf(house.log)).slice(known).filter(({ type }) => type === 'DutyBreached');
    counts.looks += 1;
    counts.stoodStill += timekeeper.health().fault?.startsWith('ClockInDoubt') ? 1 : 0;
    counts.breaches += breached.length;
    counts.early += breached.filter((record) => Date.parse(recordedOf(record).data.dueAt) >= machine.trueMs + clockToleranceMs).length;
  };
  show();
  await look();
  for (let round = 0; round < rounds; round += 1) {
    jump(random.pick(jumps));
    for (let again = random.whole(1, 3); again > 0; again -= 1) {
      await look();
      pass(random.whole(1, 15) * minute);
    }
    jump(0);
    pass(random.whole(1, 10 * 24) * hour);
    await look();
  }
  jump(0);
  // The jumps in the middle of a look end it; what is left is for the next one.
  for (let again = 0; again < 50; again += 1) {
    jump(0);
    await look();
    if (machine.offset === 0) break;
  }
  const rows = await dutyRows(house.log);
  const passed = ({ status, breachedAt, force, dueAtMs }) =>
    status === 'open' && breachedAt === null && force !== 'soft' && dueAtMs < machine.trueMs;
  counts.missed = rows.filter(passed).length;
  return counts;
}
