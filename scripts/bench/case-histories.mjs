// Case histories for the bench: the stories are played by the real rules and codec, then copied with fresh ids as often as wanted.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { playInProcess } from '../play-in-process.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const { leafOf } = require(path.join(root, 'dist/libs/history/src/index.js'));

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const prevField = /"prev":(?:null|"[^"]*")/;

/** How many cases are under way at once, and how many of a hundred lie still until this many others have ended. */
const UNDER_WAY = 2_000;
const STILL_PERCENT = 5;
const STILL_FOR_CASES = 10_000;

/** The agencies' records as they are, and one template per case that the stories tell. */
export async function playedStories() {
  const folder = path.join(root, 'samples/stories');
  const cases = [];
  let agencies;
  for (const name of readdirSync(folder).sort()) {
    if (name === 'agencies.yaml') continue;
    const { records } = await playInProcess(path.join(folder, name));
    const streams = new Map();
    for (const record of records) streams.set(record.stream, [...(streams.get(record.stream) ?? []), record]);
    const of = (category) => [...streams].filter(([stream]) => stream.startsWith(`${category}-`)).map(([, own]) => own);
    agencies ??= of('agency').flat();
    cases.push(...of('case').map(templateOf));
  }
  return { agencies, cases };
}

/** A case cut at its ids: text, number of an id, text, number of an id … */
function templateOf(records) {
  const ids = new Map();
  const cut = (text) => {
    const numbers = (text.match(uuid) ?? []).map((id) => ids.get(id) ?? (ids.set(id, ids.size), ids.size - 1));
    return { texts: text.split(uuid), numbers };
  };
  const cutRecords = records.map((record) => {
    const [before, after] = Buffer.from(record.envelope).toString('utf8').split(prevField);
    return { ...record, stream: cut(record.stream), id: cut(record.id), before: cut(before), after: cut(after) };
  });
  return { records: cutRecords, idCount: ids.size };
}

/** The records of one more case like the template, chained anew; its values stay sealed under keys that nobody has. */
function* copyOf({ records, idCount }) {
  const ids = Array.from({ length: idCount }, () => randomUUID());
  const fill = ({ texts, numbers }) => texts.reduce((text, next, index) => text + ids[numbers[index - 1]] + next);
  let prev = 'null';
  for (const record of records) {
    const envelope = Buffer.from(`${fill(record.before)}"prev":${prev}${fill(record.after)}`, 'utf8');
    prev = `"${leafOf(envelope)}"`;
    const { type, schemaVersion, version, recordedAt, secrets } = record;
    yield { stream: fill(record.stream), version, id: fill(record.id), type, schemaVersion, recordedAt, secrets, envelope };
  }
}

/** The same numbers for the same seed, from 0 to 1. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** That many records of cases which go on side by side; some lie still for long before they go on. */
export function* mixedCases(templates, count, random = seeded(1)) {
  const begin = () => {
    const template = templates[Math.floor(random() * templates.length)];
    const still = random() * 100 < STILL_PERCENT ? Math.ceil(template.records.length / 2) : -1;
    return { records: copyOf(template), still, told: 0 };
  };
  const underWay = Array.from({ length: UNDER_WAY }, begin);
  const lyingStill = [];
  let ended = 0;
  for (let given = 0; given < count;) {
    const place = Math.floor(random() * underWay.length);
    const one = underWay[place];
    const { value: record } = one.records.next();
    if (record !== undefined) {
      yield record;
      given += 1;
      one.told += 1;
    }
    if (record !== undefined && one.told !== one.still) continue;
    if (record === undefined) ended += 1;
    else lyingStill.push({ one, until: ended + STILL_FOR_CASES });
    underWay[place] = lyingStill.length > 0 && lyingStill[0].until <= ended ? lyingStill.shift().one : begin();
  }
}
