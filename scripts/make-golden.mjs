// Keeps one stored example of every event type in every stored version: test/golden/<category>/<Type>.v<schema>.json.
// Plays all stories and adds what is missing; an existing file is never written again, because a stored version never changes.
// Needs the build. Exit code 1: a story differs, or an event type occurs in no story.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { format, resolveConfig } from 'prettier';
import { playInProcess } from './play-in-process.mjs';

const root = path.resolve(import.meta.dirname, '..');
const load = createRequire(import.meta.url);
const { dutyEvents, isDutyEvent, streams } = load(path.join(root, 'dist/libs/rescue/src/index.js'));
const { recordedOf, schemaVersionOf } = load(path.join(root, 'dist/libs/history/src/index.js'));
const stories = path.join(root, 'samples/stories');
const golden = path.join(root, 'test/golden');

const categoryOf = ({ type, stream }) => (isDutyEvent(type) ? 'duty' : stream.split('-', 1)[0]);
const nameOf = (record) => `${categoryOf(record)}/${record.type}.v${record.schemaVersion}.json`;

/** The longest example of each stored version says most. */
async function examplesOf(files) {
  const examples = new Map();
  for (const file of files) {
    const { played, records } = await playInProcess(path.join(stories, file), { audited: true });
    const differing = played.filter(({ differences }) => differences.length > 0);
    if (differing.length > 0) throw new Error(`${file} differs: line ${differing[0].step.line}: ${differing[0].differences.join('; ')}`);
    for (const record of records) {
      const known = examples.get(nameOf(record));
      if (known === undefined || record.envelope.length > known.envelope.length) examples.set(nameOf(record), record);
    }
  }
  return examples;
}

/** The record as the log keeps it, and what this version of Guitu reads out of it; a later version lifts that reading further. */
function goldenOf(stored) {
  const { id, type, schemaVersion, stream, version, recordedAt, secrets } = stored;
  const envelope = Buffer.from(stored.envelope).toString('utf8');
  const { data, meta, backfill } = recordedOf(stored);
  return {
    record: { id, type, schemaVersion, stream, version, recordedAt, secrets, envelope },
    reading: { schema: schemaVersion, type, data, meta, backfill },
  };
}

const files = readdirSync(stories).filter((file) => file.endsWith('.yaml') && file !== 'agencies.yaml');
const examples = await examplesOf(files.sort());
let added = 0;
for (const [name, record] of examples) {
  const file = path.join(golden, name);
  if (existsSync(file)) continue;
  mkdirSync(path.dirname(file), { recursive: true });
  const text = await format(JSON.stringify(goldenOf(record)), { ...(await resolveConfig(file)), parser: 'json' });
  writeFileSync(file, text, { flag: 'wx' });
  added += 1;
}

const current = [
  ...streams.flatMap((kind) => Object.keys(kind.events).map((type) => `${kind.category}/${type}.v${schemaVersionOf(kind, type)}.json`)),
  ...Object.keys(dutyEvents).map((type) => `duty/${type}.v${schemaVersionOf(streams[0], type)}.json`),
];
const missing = current.filter((name) => !existsSync(path.join(golden, name)));
console.log(`${examples.size} stored shapes in the stories, ${added} added.`);
if (missing.length > 0) {
  console.error(`No story records: ${missing.join(', ')}. Add a step to samples/stories/all-steps-*.yaml.`);
  process.exitCode = 1;
}
