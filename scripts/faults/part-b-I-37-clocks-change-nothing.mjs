// I-37. The same commands under a right clock and under jumping ones: the order in the log and every decision must be the same. Then timekeepers on
// machines whose clocks jump: no limit may end early, and none be forgotten. Then writers with jumping clocks of their own on PostgreSQL, with a
// reader that follows them.
import { isDeepStrictEqual } from 'node:util';
import { readByClock, wrongIn } from '../../test/naive/reader-by-clock.mjs';
import { timekeeperThatBelieves } from '../../test/naive/timekeeper-that-believes.mjs';
import { room } from './support/rooms.mjs';
import { freshLogDatabase } from './support/shared-server.mjs';
import { believing, jumpingClock } from './part-b-support/jumping-clock.mjs';
import { keepTimeUnderJumps, unwatched, watchfulTimekeeper } from './part-b-support/jumpy-timekeeper.mjs';
import { commandOf, kindOf, openRandomHouse, playScript, randomScript, recordsOf } from './part-b-support/random-histories.mjs';

export const id = 'I-37';
export const title = 'wall clocks change no order and no decision';
export const promise =
  'A clock that jumps years, repeats seconds or changes its zone changes neither the order of the log nor what is decided, and ends no limit early';

const { openPostgresLog } = room('event-log');
const { recordedOf } = room('history');
const { openTree } = room('personal-data');
const { Refusal } = room('rescue');

/** What was decided, in the order of the log, with personal values in the open: seals differ at every writing, what they hold must not. */
async function decisionsOf({ log, keyring }) {
  const records = await recordsOf(log);
  const decided = records.map(async (record) => {
    const { stream, version, type, data, meta, backfill } = recordedOf(record);
    return { stream, version, type, meta, data: await openTree(keyring, data), backfill: backfill && (await openTree(keyring, backfill)) };
  });
  return { records, decided: await Promise.all(decided) };
}

const differencesIn = (one, other) =>
  Array.from({ length: Math.max(one.length, other.length) }, (_, index) => index).filter(
    (index) => !isDeepStrictEqual(one[index], other[index]),
  ).length;

/** Plays one script twice: with right clocks, and with a jumping one for recorded times and for everything that asks the process. */
async function playTwice(random) {
  const script = randomScript(random.fork('script'));
  const right = await openRandomHouse({ random: random.fork('keys') });
  await playScript(right, script);
  let moment = right.world().now;
  const clock = jumpingClock({ random: random.fork('clock'), real: () => Date.parse(moment) });
  const jumpy = await openRandomHouse({ random: random.fork('keys'), recordedClock: () => clock.text() });
  await believing(clock, () => playScript(jumpy, script, (now) => (moment = now)));
  const [one, other] = [await decisionsOf(right), await decisionsOf(jumpy)];
  const orders = [one, other].map(({ decided }) => decided.map(({ meta }) => meta.id));
  const refusals = right.counts.refused === jumpy.counts.refused ? 0 : 1;
  return {
    commands: jumpy.counts.given,
    events: other.records.length,
    jumps: clock.jumps,
    back: clock.steppedBack,
    order: differencesIn(...orders),
    decisions: differencesIn(one.decided, other.decided) + refusals,
    naive: naiveOf(other.records, random.whole(1, 20)),
  };
}

function naiveOf(records, every) {
  const { lost, misplaced } = wrongIn(readByClock(records, every), records);
  return lost + misplaced;
}

/**
 * The clock of the deciding process itself is wrong when a command comes. It decides the same, or refuses by its rules about time; asked again when
 * the clock is right, it decides the same.
 */
async function decideUnderWrongClock(random) {
  const script = randomScript(random.fork('script'), 2).filter(({ step }) => step.agency === undefined);
  const [right, wrong] = [await openRandomHouse({ random: random.fork('keys') }), await openRandomHouse({ random: random.fork('keys') })];
  const counts = { asked: 0, refusedForTime: 0, same: 0, different: 0 };
  let now = right.world().now;
  for (const [index, { step, streamId }] of script.entries()) {
    if (Date.parse(step.at) > Date.parse(now)) now = step.at;
    const command = { ...commandOf(step, now), commandId: random.fork('command', index).uuid() };
    right.setNow(now);
    const expected = await outcomeOf(right, kindOf(step), { streamId, ...command });
    wrong.setNow(wrongMoment(random, now));
    const given = await outcomeOf(wrong, kindOf(step), { streamId, ...command });
    counts.asked += 1;
    const forTime = given.refused?.startsWith('TIM-') || given.refused === 'implausible-time';
    wrong.setNow(now);
    const settled = forTime ? await outcomeOf(wrong, kindOf(step), { streamId, ...command }) : given;
    counts.refusedForTime += forTime ? 1 : 0;
    counts[isDeepStrictEqual(settled, expected) ? 'same' : 'different'] += 1;
  }
  const [one, other] = [await decisionsOf(right), await decisionsOf(wrong)];
  counts.different += differencesIn(one.decided.map(withoutStamp), other.decided.map(withoutStamp));
  counts.stamps = differencesIn(one.decided, other.decided);
  return counts;
}

/** `noticedAt` says what the clock showed when a breach was noticed, as `recordedAt` does. Whether there is a breach does not come from it. */
const withoutStamp = ({ data, ...event }) => ({ ...event, data: { ...data, noticedAt: undefined } });

/** One history, and then the same jumps for a timekeeper that watches its clock and for one that believes it. */
async function keepTime(random) {
  const kept = [];
  for (const make of [watchfulTimekeeper, unwatched(timekeeperThatBelieves)]) {
    const house = await openRandomHouse({ random: random.fork('keys') });
    // Broken off early, so that limits are running.
    await playScript(house, randomScript(random.fork('script')).slice(0, random.fork('length').whole(6, 40)));
    kept.push(await keepTimeUnderJumps(house, { random: random.fork('jumps'), make }));
  }
  return { watchful: kept[0], naive: kept[1] };
}

const minute = 60_000;
const tenYears = 3_652.5 * 1_440 * minute;
const wrongBy = [-1_000, 1_000, -60 * minute, 60 * minute, -30 * minute, tenYears, -tenYears];
const wrongMoment = (random, now) =>
  new Date(Date.parse(now) + random.pick(wrongBy) + 8 * 60 * minute).toISOString().replace(/\.\d+Z$/, '+08:00');

async function outcomeOf({ desk }, kind, { streamId, commandId, ...command }) {
  const request = { kind, streamId, command, commandId, requestText: JSON.stringify([command.type, command.data]) };
  try {
    return { recorded: (await desk.give(request)).events.length };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: error.code };
  }
}

/** Writers of two processes' worth, each with a jumping clock, and a reader that follows by position. */
async function writersOnPostgres(random, { writers, appends }) {
  const database = await freshLogDatabase();
  const clocks = [0, 1].map((number) => jumpingClock({ random: random.fork('writer', number), real: () => Date.now() }));
  const logs = await Promise.all(clocks.map((clock) => openPostgresLog({ connectionString: database.appUrl, clock: clock.text })));
  const acknowledged = new Map();
  const write = async (writer) => {
    for (let version = 0; version < appends; version += 1) {
      const record = { id: random.uuid(), type: 'Happened', schemaVersion: 1, envelope: Buffer.from(`${writer} ${version}`), secrets: {} };
      const { position } = await logs[writer % 2].append(`case-${writer}`, version, [record]);
      acknowledged.set(record.id, position);
    }
  };
  const seen = [];
  const follow = async () => {
    while (seen.length < writers * appends) seen.push(...(await logs[0].readAll(seen.at(-1)?.position ?? 0n, random.whole(1, 50))));
  };
  await Promise.all([follow(), ...Array.from({ length: writers }, (_, writer) => write(writer))]);
  for (const log of logs) await log.close();
  await database.drop();
  return {
    seen,
    order: orderFaults(seen, acknowledged),
    back: backwards(seen),
    jumps: clocks.reduce((sum, clock) => sum + clock.jumps, 0),
  };
}

const backwards = (records) => records.filter(({ recordedAt }, index) => index > 0 && recordedAt < records[index - 1].recordedAt).length;

/** Positions rise, each record is seen once where it was acknowledged, and versions of a stream come one after the other. */
function orderFaults(seen, acknowledged) {
  const versions = new Map();
  let faults = acknowledged.size - new Set(seen.map(({ id: one }) => one)).size;
  for (const [index, { id: one, stream, version, position }] of seen.entries()) {
    if (index > 0 && position <= seen[index - 1].position) faults += 1;
    if (acknowledged.get(one) !== position) faults += 1;
    if (version !== (versions.get(stream) ?? 0) + 1) faults += 1;
    versions.set(stream, version);
  }
  return faults;
}

/** Not every history has limits that run when it is broken off. */
const keptForEach = 2;

const total = (list, name) => list.reduce((sum, one) => sum + one[name], 0);

export async function run({ random, amount, tell }) {
  const played = [];
  const decided = [];
  const kept = [];
  const histories = amount(8, 500);
  for (let number = 0; number < histories; number += 1) {
    played.push(await playTwice(random.fork('history', number)));
    decided.push(await decideUnderWrongClock(random.fork('decided', number)));
    for (let turn = 0; turn < keptForEach; turn += 1) kept.push(await keepTime(random.fork('kept', number, turn)));
    if (number % 100 === 99) tell(`${number + 1} histories played under right and jumping clocks`);
  }
  const posted = await writersOnPostgres(random.fork('writers'), { writers: 16, appends: amount(10, 500) });
  const watchful = kept.map((one) => one.watchful);
  const believing = kept.map((one) => one.naive);
  const naiveOnPostgres = wrongIn(readByClock(posted.seen, 20), posted.seen);
  return {
    runs: (2 + keptForEach) * histories + 1,
    faults: total(played, 'jumps') + total(decided, 'asked') + total(watchful, 'jumps') + posted.jumps,
    violations:
      total(played, 'order') +
      total(played, 'decisions') +
      total(decided, 'different') +
      total(watchful, 'early') +
      total(watchful, 'missed') +
      posted.order,
    figures: {
      commands: total(played, 'commands'),
      events: total(played, 'events'),
      'times the clock stepped back': total(played, 'back'),
      'differences in order': total(played, 'order'),
      'differences in decisions': total(played, 'decisions'),
      'commands decided under a wrong clock': total(decided, 'asked'),
      'of them refused for their time and decided the same once it was right': total(decided, 'refusedForTime'),
      'moments of noticing that show the wrong clock': total(decided, 'stamps'),
      'looks of timekeepers whose clocks jump': total(watchful, 'looks'),
      'of them without a judgement': total(watchful, 'stoodStill'),
      'limits that passed and were noted': total(watchful, 'breaches'),
      'limits ended early': total(watchful, 'early'),
      'limits forgotten': total(watchful, 'missed'),
      'events by 16 writers on PostgreSQL': posted.seen.length,
      'of them recorded earlier than the one before': posted.back,
      'out of order': posted.order,
    },
    naive: naiveBuilds({
      reader: total(played, 'naive') + naiveOnPostgres.lost + naiveOnPostgres.misplaced,
      timekeeper: total(believing, 'early'),
      runs: total(played, 'events') + posted.seen.length + kept.length,
    }),
  };
}

/** Both must fail; one that passes spoils the figure of the other. */
function naiveBuilds({ reader, timekeeper, runs }) {
  const what = `a reader that goes by recorded time (${reader}), a timekeeper that believes its clock (${timekeeper} limits ended early)`;
  return { what, violations: reader > 0 && timekeeper > 0 ? reader + timekeeper : 0, runs };
}
