// `npm run canary [-- --short] [--persons 500] [--seed N]`: invented persons go through every story and every way of asking wrongly on a real service;
// afterwards their values are searched for everywhere but in what the API tells to those who are entitled. Exit code 1: something was found, or the
// search is blind somewhere. `--stories sc-1,sc-5` plays these alone; `--keep` leaves the data folder; `--tell` lists steps that went otherwise.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { askWrongly, readAll, registerAgencies } from './canary/ask.mjs';
import { backupFolder, searchAuditor } from './canary/auditor.mjs';
import { castStories } from './canary/casting.mjs';
import { openClient } from './canary/client.mjs';
import { inventPersons } from './canary/persons.mjs';
import { searchDatabases, searchFiles } from './canary/places.mjs';
import { playAll } from './canary/play.mjs';
import { report } from './canary/report.mjs';
import { openScanner, openSearch } from './canary/scanner.mjs';
import { selfTest } from './canary/self-test.mjs';
import { startService } from './canary/service.mjs';
import { storyNames } from './canary/stories.mjs';
import { randomOf } from './faults/support/random.mjs';

const FULL = { persons: 500, stories: storyNames(), replayed: 5 };
const SHORT = { persons: 6, stories: ['all-steps-privacy', 'sc-5'], replayed: 1 };

const { values: given } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    tell: { type: 'boolean', default: false },
    persons: { type: 'string' },
    stories: { type: 'string' },
    seed: { type: 'string' },
  },
});
const size = given.short ? SHORT : FULL;
const wanted = Number(given.persons ?? size.persons);
if (!Number.isInteger(wanted) || wanted < 1) throw new Error('--persons is a whole number from 1 on');
const names = given.stories?.split(',') ?? size.stories;
const seed = given.seed ?? randomUUID().slice(0, 8);
const since = performance.now();
const tell = (text) => console.log(`${((performance.now() - since) / 1_000).toFixed(0).padStart(4)} s  ${text}`);
const placeOfFile = (file) =>
  file.startsWith(`postgres${path.sep}`) && /\.log(\.\d+)?$/.test(file) ? 'log of the database' : 'files of the data folder';

/** One person more than is wanted, who is planted and nothing else; their name is in letters that every encoding changes. */
function inventAll() {
  const pool = inventPersons(randomOf(seed, 'canary'));
  for (let made = 0; made <= wanted; made += 1) pool.invent();
  const planted = pool.persons.at(-1);
  planted.name = `𠮷${planted.alias}翯`;
  return { pool, planted };
}

async function fill(service, { told, persons, client }) {
  const talk = { client, service };
  await registerAgencies(talk);
  const played = await playAll(told, { client, tokenOf: service.tokenOf, run: seed });
  const { steps, recorded, refused, unexpected, cases } = played;
  tell(
    `${steps} steps in ${cases.size} cases: ${recorded} recorded, ${refused} refused, ${unexpected.length} otherwise than their story tells`,
  );
  if (given.tell) for (const one of unexpected) console.log(JSON.stringify(one));
  const ways = await askWrongly(persons, talk);
  const { answers, unanswered, byStatus } = client.counts;
  tell(`asked wrongly in ${ways} ways with the values of every person: ${answers} answers in all, ${unanswered} connections without one`);
  await readAll([...cases.values()], talk);
  tell(
    `answers by status: ${[...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status}: ${count}`)
      .join(', ')}`,
  );
  for (const [what, count] of client.counts.faults) tell(`${what}, ${count} times`);
  return [...cases.values()];
}

async function run(service, { pool, planted, told, scanner }) {
  const search = openSearch(scanner);
  const seen = new Set();
  const onEntitled = (body) => scanner.scan(body, ({ value }) => seen.add(value));
  const client = openClient({ port: service.port, look: search.look, onEntitled });
  const cases = await fill(service, { told, persons: pool.persons.slice(0, wanted), client });
  tell(`${seen.size} values were shown to an auditor`);
  client.close();
  await searchAuditor(cases.slice(0, size.replayed), { service, search, whole: !given.short });
  const { rows, relations, databases, unread } = await searchDatabases(service.superuserUrl(), search);
  tell(`${rows} rows of ${relations} relations in ${databases} databases; not readable: ${unread.join(', ') || 'none'}`);
  const saidPlaces = (where) => {
    for (const stream of ['stdout', 'stderr']) where.look(`service ${stream}`, stream, Buffer.concat(service.said[stream]));
  };
  const test = await selfTest({ scanner, person: planted, service, placeOfFile, saidPlaces });
  tell(`${test.planted} leaks were planted and searched for`);
  await service.stop();
  saidPlaces(search);
  const files = await searchFiles(service.dataFolder, { place: placeOfFile, search, overlap: scanner.longest() });
  const copies = await searchFiles(backupFolder(service), { place: () => 'backups', search, overlap: scanner.longest() });
  tell(`${files} files, ${copies} of backups`);
  // What was planted still lies in files of dropped tables.
  const hits = search.hits.filter(({ person }) => person !== planted.number);
  return report({ search, hits, test, seen: seen.size, persons: wanted });
}

const { pool, planted } = inventAll();
const { told, named } = castStories(names, { pool, wanted });
const scanner = openScanner();
for (const person of pool.persons) scanner.add(person);
tell(`${wanted} persons in ${told.length} copies of ${names.length} stories; seed ${seed}`);
tell(`of ${named.size} stories about persons the one with the fewest names ${Math.min(...named.values())} of them`);
tell(`${pool.persons.flatMap(({ idNumbers }) => idNumbers).length + 4 * wanted} values in ${scanner.patterns()} spellings`);
const service = await startService();
let clean;
try {
  clean = await run(service, { pool, planted, told, scanner });
} finally {
  await service.stop();
  if (given.keep) {
    service.keep();
    console.log(`kept: ${service.dataFolder}`);
  } else service.remove();
}
process.exit(clean ? 0 : 1);
