// What sealing costs: whole commands over HTTP with and without it, taking turns in one run; and one value by itself, sealed and opened.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, loadsOn, median, SECONDS, shoot, stopped } from './http.mjs';
import { makeIssuer } from './load.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const room = (name) => require(path.join(root, `dist/libs/${name}/src/index.js`));

export const sealingDefaults = { rounds: 3, valueRounds: 7 };

const FIRST_PORT = 3911;
const ways = ['unsealed', 'a256gcm', 'sm4', 'forgetful'];
const suites = ['A256GCM', 'SM4-CTR-HMAC-SM3'];
const VALUES_AT_ONCE = 200;
const STREAMS = 50;
const texts = { 'a name': '阿依古丽·买买提', 'a text of 900 bytes': '护'.repeat(300) };

/** Processor time of a process so far, in hundredths of a second; undefined where the system does not tell. Other programs disturb it little. */
function processorTime(pid) {
  try {
    const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/\(.*\)/, 'x')
      .split(' ');
    // Fields 14 and 15 of the line: in user mode, and in the kernel.
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return undefined;
  }
}

/** One turn: commands per second, and milliseconds of the api process's own processor time for each command. */
async function turn({ url, pid }, load) {
  const before = processorTime(pid);
  const rate = await shoot(url, load);
  const spent = before === undefined ? Number.NaN : (processorTime(pid) - before) * 10;
  return { rate, work: spent / (rate * SECONDS) };
}

/** Every turn of every way, by load and round. */
async function measureCommands(rounds) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-bench-'));
  const children = [];
  try {
    const { jwksFile, token } = await makeIssuer(folder);
    const services = [];
    for (const [index, way] of ways.entries()) {
      const port = String(FIRST_PORT + index);
      const args = [path.join(import.meta.dirname, 'sealing-process.mjs'), way, 'alone', port, jwksFile, path.join(folder, way)];
      children.push(await launch(args, {}, 'listening'));
      const url = `http://127.0.0.1:${port}`;
      const { record, open } = await loadsOn(url, token);
      services.push({ way, url, pid: children.at(-1).pid, loads: { record, open } });
    }
    return await takeTurns(services, rounds);
  } finally {
    await Promise.all(children.map(stopped));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first round warms up and is not counted; the order changes from round to round. */
async function takeTurns(services, rounds) {
  const rates = { record: [], open: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const order = services.map((_, index) => services[(index + round) % services.length]);
    for (const load of Object.keys(rates)) {
      const inRound = {};
      for (const service of order) inRound[service.way] = await turn(service, service.loads[load]);
      if (round > 0) rates[load].push(inRound);
    }
  }
  return rates;
}

/** Microseconds for one value, sealed and opened as the service does it: many values of several streams in one call. */
async function measureValues(rounds) {
  const { Keyring, KeyEncryptionKey, memoryKeyStore, sealAll, detach, openValues } = room('personal-data');
  const figures = [];
  for (const [what, text] of Object.entries(texts)) {
    const cases = [];
    for (const suite of suites)
      for (const remembers of [true, false]) {
        const store = memoryKeyStore();
        const limits = remembers ? {} : { keys: 0, subjects: 0 };
        cases.push({
          suite,
          remembers,
          keyring: await Keyring.open({ store, keyEncryptionKey: new KeyEncryptionKey(randomBytes(32)), suite, limits }),
          seal: [],
          open: [],
        });
      }
    const records = Array.from({ length: VALUES_AT_ONCE }, (_, index) => ({
      stream: `case-${index % STREAMS}`,
      event: `event-${index}`,
      data: { name: text },
      marks: { name: 'identity' },
    }));
    for (let round = 0; round <= rounds; round += 1) {
      for (const one of cases) {
        let since = performance.now();
        const sealed = await sealAll(one.keyring, records);
        const sealedIn = performance.now() - since;
        const values = sealed.map((data, index) => detach({ ...records[index], ...data }, '/name'));
        since = performance.now();
        const opened = await openValues(one.keyring, values);
        const openedIn = performance.now() - since;
        if (opened.some(({ value }) => value !== text)) throw new Error('a value did not open as it was sealed');
        if (round === 0) continue;
        one.seal.push((sealedIn * 1_000) / VALUES_AT_ONCE);
        one.open.push((openedIn * 1_000) / VALUES_AT_ONCE);
      }
    }
    for (const { suite, remembers, seal, open } of cases) figures.push({ what, suite, remembers, seal: median(seal), open: median(open) });
  }
  return figures;
}

const loadNames = { record: 'one event on a running case', open: 'opening a case: everybody in it is new' };
const wayNames = {
  a256gcm: 'sealed with A256GCM',
  sm4: 'sealed with SM4-CTR-HMAC-SM3',
  forgetful: 'sealed with A256GCM, no key remembered',
};

/** @returns rows for the table of the bench, and lines about single values */
export async function benchSealing(options = {}) {
  const { rounds, valueRounds } = { ...sealingDefaults, ...options };
  const values = await measureValues(valueRounds);
  const rates = await measureCommands(rounds);
  const rows = Object.entries(rates).flatMap(([load, measured]) =>
    Object.entries(wayNames).map(([way, name]) => ({
      what: `${loadNames[load]}, ${name} (commands/s)`,
      mine: median(measured.map((round) => round[way].rate)),
      against: 'the same house, values let through unsealed',
      yardstick: median(measured.map((round) => round.unsealed.rate)),
      ratio: median(measured.map((round) => round[way].rate / round.unsealed.rate)),
    })),
  );
  const lines = values.map(
    ({ what, suite, remembers, seal, open }) =>
      `${what}, ${suite}, ${remembers ? 'keys remembered' : 'every key fetched and unwrapped'}: seal ${seal.toFixed(1)} µs, open ${open.toFixed(1)} µs`,
  );
  const work = Object.entries(rates).flatMap(([load, measured]) =>
    ways.map((way) => {
      const own = median(measured.map((round) => round[way].work));
      const ratio = median(measured.map((round) => round.unsealed.work / round[way].work));
      return `${loadNames[load]}, ${wayNames[way] ?? 'let through unsealed'}: ${own.toFixed(2)} ms of the api process's own processor time; ${ratio.toFixed(2)} as many commands for the same time`;
    }),
  );
  return { rows, lines: [...work, ...lines] };
}
