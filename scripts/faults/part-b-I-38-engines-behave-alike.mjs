// I-38. One contract suite on every engine, run by jest as `npm test` runs it, counted case by case from its report. The short form runs the engine
// that costs nothing, and the naive stores; `npm test` runs the others itself.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './support/rooms.mjs';

export const id = 'I-38';
export const title = 'the engines behave alike';
export const promise = 'One contract suite gives the same answers on every engine of the log';

const jest = path.join(root, 'node_modules/jest/bin/jest.js');
const suite = 'the event log on ';
const naiveMark = 'a naive store ';
const withinMs = 900_000;
const naiveWithinMs = 60_000;
/** How a case is named under the name of its engine, from the groups down. */
const caseOf = ({ ancestorTitles, title: name }) => [...ancestorTitles.slice(1), name].join(', ');

const engines = [
  { name: 'memory', inMemory: true },
  { name: 'PostgreSQL', project: 'db', file: 'postgres-log' },
  { name: 'a double of EventStoreDB', project: 'unit', file: 'eventstore-log' },
  { name: 'EventStoreDB', project: 'unit', file: 'eventstore-log', needs: 'GUITU_TEST_EVENTSTORE' },
];
/** All other groups provoke something: a conflict, a repeat, another writer, a late commit, a wrong call, a closed log. */
const plain = ['reading a stream', 'reading the whole log', 'what was appended comes back exactly'];

/** Runs jest; answers its cases by the engine they ran on. Failing cases are figures here, not faults of the run. */
async function casesOf(words, timeout = withinMs) {
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-contract-'));
  const report = path.join(folder, 'report.json');
  const args = ['--forceExit', '--silent', '--json', `--outputFile=${report}`, `--testNamePattern=${suite}`, ...words];
  try {
    const child = spawn(process.execPath, [jest, ...args], { cwd: root, stdio: 'ignore', timeout, killSignal: 'SIGKILL' });
    await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const broken = testResults.find(({ assertionResults }) => assertionResults.length === 0);
    if (broken !== undefined) throw new Error(`${broken.name} did not run: ${broken.message}`);
    return byEngine(testResults.flatMap(({ assertionResults }) => assertionResults));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function byEngine(cases) {
  const found = new Map();
  for (const one of cases) {
    if (one.ancestorTitles[0]?.startsWith(suite) !== true || !['passed', 'failed'].includes(one.status)) continue;
    const name = one.ancestorTitles[0].slice(suite.length);
    found.set(name, [...(found.get(name) ?? []), { name: caseOf(one), group: one.ancestorTitles[1], passed: one.status === 'passed' }]);
  }
  return found;
}

/** The contract on the memory log and on naive stores: the same transform and aliases, another pattern of file names, so that no test command finds them. */
async function casesInMemory() {
  const { default: config } = await import(path.join(root, 'jest.config.mjs'));
  const { testTimeout, cacheDirectory } = config;
  const unit = config.projects.find(({ displayName }) => displayName === 'unit');
  const naive = {
    ...unit,
    displayName: 'naive',
    rootDir: root,
    cacheDirectory: path.join(root, cacheDirectory),
    testTimeout,
    roots: ['<rootDir>/test/naive', '<rootDir>/libs/event-log'],
    testRegex: '(\\.contract|/memory-log\\.spec)\\.ts$',
  };
  return casesOf([`--config=${JSON.stringify(naive)}`], naiveWithinMs);
}

const failed = (cases) => cases.filter(({ passed }) => !passed).length;

function naiveOf(found) {
  const stores = [...found].filter(([name]) => name.startsWith(naiveMark));
  const failures = stores.map(([, cases]) => failed(cases));
  const what = stores.map(([name, cases]) => `${name} (${failed(cases)} of ${cases.length} cases)`).join(', ');
  // A naive store that passes would prove that the suite is blind for its fault.
  const violations = Math.min(...failures) > 0 ? failures.reduce((sum, count) => sum + count, 0) : 0;
  return { what, violations, runs: stores.reduce((sum, [, cases]) => sum + cases.length, 0) };
}

/** Cases that failed, and cases that one engine has and the reference has not, or the other way round. */
function resultOf(engine, { cases, reference, naive }) {
  const names = new Set(cases.map(({ name }) => name));
  const missing = reference.filter(({ name }) => !names.has(name)).length + Math.max(0, cases.length - reference.length);
  const groups = new Set(cases.map(({ group }) => group));
  return {
    engine,
    runs: cases.length,
    faults: cases.filter(({ group }) => !plain.includes(group)).length,
    violations: failed(cases) + missing,
    figures: {
      cases: cases.length,
      failures: failed(cases),
      'cases that another engine has and this one has not': missing,
      groups: groups.size,
    },
    naive,
  };
}

const isSet = (variable) => variable === undefined || (process.env[variable] ?? '') !== '';

const different = (list) => [...new Set(list)];
const wordsFor = (chosen) => [
  ...['--selectProjects', ...different(chosen.map(({ project }) => project))],
  ...['--testPathPatterns', ...different(chosen.map(({ file }) => `libs/event-log/src/${file}`))],
];

export async function run({ size, tell }) {
  const inMemory = await casesInMemory();
  const naive = naiveOf(inMemory);
  tell(`naive stores: ${naive.what}`);
  const chosen = engines.filter(({ inMemory: cheap, needs }) => (size === 'full' || cheap === true) && isSet(needs));
  const others = chosen.filter((one) => one.inMemory !== true);
  const found = new Map([...inMemory, ...(others.length === 0 ? [] : await casesOf(wordsFor(others)))]);
  const reference = found.get('memory') ?? [];
  return engines.map(({ name, needs }) => {
    if (!isSet(needs)) return { engine: name, skipped: `no server (${needs} names none)` };
    if (!chosen.some((one) => one.name === name)) return { engine: name, skipped: 'left to the full form and to npm test' };
    return resultOf(name, { cases: found.get(name) ?? [], reference, naive });
  });
}
