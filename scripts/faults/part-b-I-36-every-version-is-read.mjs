// I-36. Every golden event, one of each stored version, is read, lifted and replayed. Then each is spoilt in every
// way that means "made by a version this one does not know": reading must stop there, clearly, and nothing behind it may be taken.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readSkipping } from '../../test/naive/reader-that-skips.mjs';
import { room, root } from './support/rooms.mjs';

export const id = 'I-36';
export const title = 'every event version ever written is read';
export const promise =
  'Every stored version of every event is read and replayed; what this version does not know stops the reader, and nothing is skipped';

const { openMemoryLog } = room('event-log');
const { Follower, readHistory, recordedOf, schemaVersionOf } = room('history');
const { dutyEvents, evolve, eventKindOf, findStreamKindOf, isBookkeeping, nothing, streams } = room('rescue');

const folder = path.join(root, 'test/golden');
/** Records of the log that a spoilt one lies in. */
const recordsAround = 6;
const clearStops = ['UnknownEventType', 'UnknownEventVersion', 'UnreadableEnvelope'];

const goldens = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, ...JSON.parse(readFileSync(path.join(folder, name), 'utf8')) }));

/** Every version there is to be read, by the name of its golden file. */
function versionsKnown() {
  const named = (category, kind, type) =>
    Array.from({ length: schemaVersionOf(kind, type) }, (_, index) => path.join(category, `${type}.v${index + 1}.json`));
  const own = streams.flatMap((kind) => Object.keys(kind.events).flatMap((type) => named(kind.category, kind, type)));
  return [...own, ...Object.keys(dutyEvents).flatMap((type) => named('duty', streams[0], type))];
}

const storedOf = (record, envelope = record.envelope) => ({ ...record, position: 1n, envelope: Buffer.from(envelope, 'utf8') });

/** Reads a golden event, lifts what was read when it was stored, compares, and replays it where its stream stood. */
function replays({ record, reading }) {
  const kind = findStreamKindOf(record.stream);
  const event = recordedOf(storedOf(record));
  const past = eventKindOf(kind, record.type).past ?? [];
  const lifted = past.slice(reading.schema - 1).reduce((old, lift) => lift(old), reading.data);
  const same = isDeepStrictEqual(
    JSON.parse(JSON.stringify([event.type, event.data, event.meta, event.backfill])),
    JSON.parse(JSON.stringify([reading.type, lifted, reading.meta, reading.backfill])),
  );
  const before = { ...nothing(kind.initial), version: record.version - 1 };
  const after = evolve(kind, before, event);
  return same && after.version === record.version;
}

/** What another version, or a fault, could have left in the place of a known event. */
const spoilings = [
  ['a newer shape', (envelope, known) => ({ ...envelope, schema: known + 1 })],
  ['a much newer shape', (envelope, known) => ({ ...envelope, schema: known + 1_000 })],
  ['shape 0', (envelope) => ({ ...envelope, schema: 0 })],
  ['a shape below 0', (envelope) => ({ ...envelope, schema: -1 })],
  ['half a shape', (envelope) => ({ ...envelope, schema: 1.5 })],
  ['a shape in words', (envelope) => ({ ...envelope, schema: 'one' })],
  ['no shape', (envelope) => ({ ...envelope, schema: undefined })],
  ['an unknown type', (envelope) => ({ ...envelope, type: `${envelope.type}Anew` })],
  ['a type in small letters', (envelope) => ({ ...envelope, type: envelope.type.toLowerCase() })],
  ['a type of every object', (envelope) => ({ ...envelope, type: 'constructor' })],
  ['a newer format', (envelope) => ({ ...envelope, v: 2 })],
  ['no format', (envelope) => ({ ...envelope, v: undefined })],
];
const texts = [
  ['no JSON', (text) => text.slice(0, -1)],
  ['a blank', () => ' '],
  ['null', () => 'null'],
];

const spoiltOf = ({ record }, known) => [
  ...spoilings.map(([what, spoil]) => ({ what, text: JSON.stringify(spoil(JSON.parse(record.envelope), known)) })),
  ...texts.map(([what, spoil]) => ({ what, text: spoil(record.envelope) })),
];

/** A log in which the spoilt record lies between good ones, each in a stream of its own. */
async function logAround(random, { record }, text) {
  const log = openMemoryLog();
  const good = { id: record.id, type: record.type, schemaVersion: record.schemaVersion, secrets: record.secrets };
  const at = random.whole(0, 3);
  for (let place = 0; place < recordsAround; place += 1) {
    const envelope = place === at ? text : record.envelope;
    const stream = `${record.stream.split('-', 1)[0]}-${place}`;
    await log.append(stream, 0, [{ ...good, id: random.uuid(), envelope: Buffer.from(envelope, 'utf8') }]);
  }
  return { log, spoiltAt: BigInt(at + 1) };
}

/** Follows the log until it stands still: how far it came, and with which error. */
async function followUntilStopped(log, page) {
  let position = 0n;
  const taken = [];
  const who = {
    name: 'specimen',
    checkpoint: async () => position,
    take: async (events, upTo) => void (taken.push(...events), (position = upTo)),
  };
  const error = await new Follower(log, who, { limits: { page } }).catchUp().then(
    () => undefined,
    (fault) => fault,
  );
  return { position, taken, error };
}

/** Streams that record who read what are passed over whole by every follower; whoever reads them reads them by name. */
async function readByName(log) {
  const stream = (place) => log.readAll(BigInt(place), 1).then(([record]) => record.stream);
  for (let place = 0; place < recordsAround; place += 1) {
    const name = await stream(place);
    const error = await readHistory(log, findStreamKindOf(name), name).then(
      () => undefined,
      (fault) => fault,
    );
    if (error !== undefined) return { position: BigInt(place), taken: [], error };
  }
  return { position: BigInt(recordsAround), taken: [], error: undefined };
}

async function stops(random, golden, text) {
  const { log, spoiltAt } = await logAround(random, golden, text);
  const read = isBookkeeping(golden.record.stream) ? readByName(log) : followUntilStopped(log, random.whole(1, recordsAround));
  const { position, taken, error } = await read;
  const clear = clearStops.includes(error?.name) && error.message.length > 0;
  const passed = position >= spoiltAt || taken.some((event) => event.position >= spoiltAt);
  const naive = readSkipping(await log.readAll(0n, recordsAround), (type) =>
    type === golden.record.type ? golden.record.schemaVersion : undefined,
  );
  return { clear, passed, naivePassed: naive.position > spoiltAt };
}

export async function run({ random, amount }) {
  const all = goldens();
  const known = versionsKnown();
  const readWell = new Set(all.filter(replays).map(({ name }) => name));
  const unread = known.filter((name) => !readWell.has(name));
  const chosen = amount(12, all.length) >= all.length ? all : Array.from({ length: amount(12, all.length) }, () => random.pick(all));
  const outcomes = [];
  for (const golden of chosen)
    for (const { text } of spoiltOf(golden, golden.record.schemaVersion)) outcomes.push(await stops(random, golden, text));
  const count = (what) => outcomes.filter(what).length;
  return {
    runs: all.length + outcomes.length,
    faults: outcomes.length,
    violations: unread.length + (all.length - readWell.size) + count(({ clear, passed }) => !clear || passed),
    figures: {
      'stored versions': known.length,
      'read and replayed': `${readWell.size} (${Math.round((100 * readWell.size) / known.length)} %)`,
      'versions above the first': known.filter((name) => !name.endsWith('.v1.json')).length,
      'ways to be unknown': spoilings.length + texts.length,
      'clear stops': count(({ clear }) => clear),
      skipped: count(({ passed }) => passed),
    },
    naive: {
      what: 'a reader that skips what it does not know',
      violations: count(({ naivePassed }) => naivePassed),
      runs: outcomes.length,
    },
  };
}
