// Histories made of real commands: the stories' steps, some left out, some given twice, some moved, some taken from another case, and the
// timekeeper looking now and then. What the rules refuse is passed over, as it is in life.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { room, root } from '../support/rooms.mjs';

const { parseAgencies, parseStory } = room('sandbox');
const { openMemoryLog } = room('event-log');
const { CommandDesk, derivedId, readHistory } = room('history');
const { Keyring, KeyEncryptionKey, memoryKeyStore } = room('personal-data');
const { agencyStream, findStreamKindByCollection, findStreamKindOf, Refusal } = room('rescue');

const folder = path.join(root, 'samples/stories');
const read = (file) => readFileSync(path.join(folder, file), 'utf8');
export const agencyRows = parseAgencies(read('agencies.yaml'));
/** All cases of all stories: each a list of steps in their order. */
export const storyCases = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml') && file !== 'agencies.yaml')
  .sort()
  .flatMap((file) => casesOf(parseStory(file, read(file))));

function casesOf({ name, steps }) {
  const given = steps.filter(({ command }) => command !== undefined);
  const subjectOf = ({ agency, case: ofCase }) => (agency === undefined ? ofCase : 'agencies');
  const subjects = [...new Set(given.map(subjectOf))];
  return subjects.map((subject) => ({ name: `${name} ${subject}`, steps: given.filter((step) => subjectOf(step) === subject) }));
}

const firstDay = '2016-01-01T08:00:00+08:00';
const timekeeper = { agency: 'guitu', user: 'timekeeper', client: 'timekeeper', role: 'system' };
const later = (one, other) => (Date.parse(one) >= Date.parse(other) ? one : other);

/** A house without a database: a memory log, keys in memory, the directory, and a clock that goes from step to step. */
export async function openRandomHouse({ random, recordedClock }) {
  let now = firstDay;
  let given = 0;
  const directory = new Map();
  const log = openMemoryLog({ clock: recordedClock ?? (() => new Date(Date.parse(now)).toISOString()) });
  const key = Buffer.from(Array.from({ length: 32 }, () => random.whole(0, 255)));
  const keyring = await Keyring.open({ store: memoryKeyStore(), keyEncryptionKey: new KeyEncryptionKey(key) });
  const world = () => ({ now, directory });
  const house = {
    log,
    keyring,
    directory,
    world,
    desk: new CommandDesk({ log, keyring, world }),
    counts: { given: 0, recorded: 0, refused: 0 },
  };
  house.setNow = (moment) => void (now = moment);
  house.ask = (kind, streamId, { commandId, ...command }) => {
    given += 1;
    const request = { kind, streamId, command, commandId: commandId ?? derivedId('random history', String(given)) };
    return counted(house, house.desk.give({ ...request, requestText: JSON.stringify([command.type, command.data]) }));
  };
  for (const row of agencyRows) {
    const by = { agency: 'sandbox', user: 'u1', client: 'c1', role: 'registrar' };
    await house.ask(agencyStream, row.agencyId, { type: 'RegisterAgency', data: row, by, at: now });
    await learnAgency(house, row.agencyId);
  }
  return house;
}

async function counted({ counts }, answer) {
  counts.given += 1;
  try {
    const { events } = await answer;
    counts.recorded += events.length > 0 ? 1 : 0;
    return events;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    counts.refused += 1;
    return [];
  }
}

async function learnAgency({ log, directory }, agencyId) {
  const { situation } = await readHistory(log, agencyStream, `agency-${agencyId}`);
  if (situation.version > 0) directory.set(agencyId, situation.state);
}

/** A random list of steps to give, in the order in which they are asked: up to `most` cases side by side. */
export function randomScript(random, most = 6) {
  const cases = Array.from({ length: random.whole(1, most) }, (_, index) => changed(random, random.pick(storyCases), `random-${index}`));
  const queues = cases.filter((steps) => steps.length > 0);
  const script = [];
  const byMoment = ([one], [other]) => Date.parse(one.step.at) - Date.parse(other.step.at);
  while (queues.length > 0) {
    // Mostly the one whose moment comes first; now and then another one overtakes it.
    queues.sort(byMoment);
    const at = random() < 0.9 ? 0 : random.whole(0, queues.length - 1);
    script.push(queues[at].shift());
    if (queues[at].length === 0) queues.splice(at, 1);
  }
  return script;
}

function changed(random, { steps }, streamId) {
  const own = steps
    .slice(0, random() < 0.5 ? steps.length : random.whole(1, steps.length))
    .filter((_, index) => index === 0 || random() > 0.04);
  for (let twice = random.whole(0, 3); twice > 0; twice -= 1) own.splice(random.whole(1, own.length), 0, random.pick(steps));
  if (random() < 0.3) own.splice(random.whole(1, own.length), 0, random.pick(random.pick(storyCases).steps));
  return own.map((step) => ({ step, streamId, looks: random() < 0.2 }));
}

/** Gives a script. The clock never goes back: a step whose moment has passed is given now. */
export async function playScript(house, script, follow = () => undefined) {
  const streams = new Set();
  for (const { step, streamId, looks } of script) {
    house.setNow(later(step.at, house.world().now));
    const { now } = house.world();
    follow(now);
    if (looks) await look(house, streams, now);
    const kind = kindOf(step);
    const id = step.agency ?? streamId;
    await house.ask(kind, id, commandOf(step, now));
    if (step.agency === undefined) streams.add(`${kind.category}-${id}`);
    else await learnAgency(house, id);
  }
  return streams;
}

/** The kind of stream that a step is given to: a case, a stream beside it, or an agency's. */
export const kindOf = ({ agency, in: beside = 'cases' }) => (agency === undefined ? findStreamKindByCollection(beside) : agencyStream);

export function commandOf({ command: type, data = {}, by, agency, at, occurredAt, backfillReason }, now) {
  const giver = agency === undefined ? { agency: by, role: 'staff' } : { agency: 'sandbox', role: 'registrar' };
  const when = occurredAt ?? (at === now ? at : now);
  return { type, data, at: when, by: { user: 'u1', client: 'c1', ...giver }, ...(backfillReason === undefined ? {} : { backfillReason }) };
}

/** What the timekeeper does when it looks: whatever is due by now in these streams is written down. */
export async function look(house, streams, now) {
  for (const stream of streams) {
    const kind = findStreamKindOf(stream);
    const { situation } = await readHistory(house.log, kind, stream);
    for (const { dutyId, dueAt } of Object.values(situation.duties.open))
      for (const type of ['BreachDuty', 'RemindDuty']) {
        const commandId = derivedId('timekeeper', type, stream, dutyId, dueAt);
        const streamId = stream.slice(kind.category.length + 1);
        await house.ask(kind, streamId, { type, data: { dutyId }, by: timekeeper, at: now, commandId });
      }
  }
}

const everything = 100_000;
/** All records of a log, in their order. */
export async function recordsOf(log) {
  const records = [];
  for (;;) {
    const page = await log.readAll(records.at(-1)?.position ?? 0n, 5_000);
    if (page.length === 0 || records.length > everything) return records;
    records.push(...page);
  }
}

/** A random history from beginning to end: its records, and what was asked. */
export async function randomHistory(random, most) {
  const house = await openRandomHouse({ random });
  await playScript(house, randomScript(random, most));
  return { records: await recordsOf(house.log), counts: house.counts };
}
