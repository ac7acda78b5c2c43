// I-12. Random histories are projected live and rebuilt, in processes with other time zones, languages, page sizes and numbers of projectors, on
// databases with another time zone and collation. All digests of one history must be the same.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './support/rooms.mjs';
import { freshDatabase, sharedServerUrl, withClient } from './support/shared-server.mjs';
import { randomHistory } from './part-b-support/random-histories.mjs';
import { migrateAll } from './part-b-support/read-model-tables.mjs';
import { recordLine } from './part-b-support/stored-records.mjs';

export const id = 'I-12';
export const title = 'a projection is a replay, byte for byte';
export const promise = 'Rows that followed the log and rows rebuilt from it are the same bytes, whatever the machine is set to';

/** What a machine may be set to: nothing of it may be seen in the rows. */
const machines = [
  { name: 'one', TZ: 'UTC', LANG: 'C', timeZone: 'UTC', dateStyle: 'ISO', workers: 1, mostPerPage: 500 },
  { name: 'two', TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8', timeZone: 'Asia/Shanghai', dateStyle: 'German', workers: 3, mostPerPage: 20 },
  {
    name: 'three',
    TZ: 'America/St_Johns',
    LANG: 'tr_TR.UTF-8',
    timeZone: 'America/St_Johns',
    dateStyle: 'SQL',
    icu: 'tr',
    workers: 2,
    mostPerPage: 4,
  },
];

async function databaseFor({ timeZone, dateStyle, icu }, number) {
  if (icu === undefined) return setUp(await freshDatabase(), { timeZone, dateStyle });
  const server = await sharedServerUrl();
  const name = `faults_icu_${process.pid}_${number}`;
  await withClient(server, (client) =>
    client.query(`create database ${name} template template0 locale_provider icu icu_locale '${icu}' locale 'C' encoding 'UTF8'`),
  );
  const url = new URL(server);
  url.pathname = `/${name}`;
  const drop = () => withClient(server, (client) => client.query(`drop database ${name} with (force)`));
  return setUp({ url: url.toString(), name, drop }, { timeZone, dateStyle });
}

async function setUp(database, { timeZone, dateStyle }) {
  const set = (what) => `alter database ${database.name} set ${what};`;
  // Rows are rebuilt after a crash: this test need not wait for the disk.
  const settings = [`timezone = '${timeZone}'`, `datestyle = '${dateStyle}'`, 'synchronous_commit = off'].map(set).join(' ');
  await withClient(database.url, (client) => client.query(settings));
  await migrateAll(database.url);
  return database;
}

async function projectOn(machine, { url, file, seed, naiveEvery, onLine }) {
  const { name, TZ, LANG, workers, mostPerPage } = machine;
  const script = path.join(root, 'scripts/faults/part-b-support/project-histories.mjs');
  const asked = JSON.stringify({ url, file, seed, name, workers, mostPerPage, naiveEvery });
  const env = { ...process.env, TZ, LANG, LC_ALL: LANG, PGTZ: TZ };
  const child = spawn(process.execPath, [script, asked], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const lines = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(JSON.parse(line));
    onLine(lines.length - 1);
  }
  if ((await ended) !== 0) throw new Error(`The projecting process on machine ${name} ended with a fault.`);
  const [settings, ...histories] = lines;
  return { settings, histories };
}

/** Writes the histories to a file, one a line; tells how many events and commands they have. */
async function writeHistories(file, amount, random) {
  const counts = { events: 0, commands: 0, refused: 0, types: new Set() };
  for (let number = 0; number < amount; number += 1) {
    const { records, counts: asked } = await randomHistory(random.fork('history', number));
    counts.events += records.length;
    counts.commands += asked.given;
    counts.refused += asked.refused;
    for (const { type } of records) counts.types.add(type);
    appendFileSync(file, `${JSON.stringify(records.map(recordLine))}\n`);
  }
  return counts;
}

export async function run({ seed, random, amount, tell }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-histories-'));
  const file = path.join(folder, 'histories.ndjson');
  const histories = amount(4, 1_000);
  const counts = await writeHistories(file, histories, random);
  tell(`${histories} histories with ${counts.events} events`);
  const databases = await Promise.all(machines.map(databaseFor));
  try {
    const naiveEvery = Math.max(1, Math.floor(histories / 100));
    const onLine = (number) => number > 0 && number % 100 === 0 && tell(`${number} histories projected by one of the processes`);
    const work = machines.map((machine, index) =>
      projectOn(machine, { url: databases[index].url, file, seed, naiveEvery: index === 0 ? naiveEvery : 0, onLine }),
    );
    return resultOf({ histories, counts, told: await Promise.all(work) });
  } finally {
    for (const { drop } of databases) await drop();
    rmSync(folder, { recursive: true });
  }
}

function resultOf({ histories, counts, told }) {
  const all = told.flatMap((one) => one.histories);
  if (all.length !== histories * machines.length)
    throw new Error(`${all.length} of ${histories * machines.length} histories were projected.`);
  const reference = new Map(told[0].histories.map(({ number, live }) => [number, live]));
  const differing = all.filter(
    ({ number, live, rebuilt, differing: rows }) => rows > 0 || live !== rebuilt || live !== reference.get(number),
  );
  const naive = all.flatMap(({ naive: one }) => Object.entries(one));
  const { tables, columns } = all[0];
  return {
    runs: histories,
    faults: all.length * 2,
    violations: differing.length,
    figures: {
      events: counts.events,
      commands: counts.commands,
      'of them refused': counts.refused,
      'kinds of events': counts.types.size,
      'settings of machine': told.map(({ settings }) => `${settings.timeZone} ${settings.locale}`).join(' / '),
      'projections compared': all.length * 2,
      'rows compared': all.reduce((sum, { rows }) => sum + rows, 0),
      tables: tables,
      columns: columns,
      'columns left out': Math.max(...all.map(({ leftOut }) => leftOut)),
    },
    naive: {
      what: [...new Set(naive.map(([name]) => name))]
        .map((name) => `${name} (${naive.filter(([one, bad]) => one === name && bad).length})`)
        .join(', '),
      violations: naive.filter(([, bad]) => bad).length,
      runs: naive.length,
    },
  };
}
