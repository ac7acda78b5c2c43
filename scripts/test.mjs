// Runs everything that must hold: format, lint, arrows, types, schemas, the faults and canaries in their short form, then all specs. Ends with a line that counts.
// `node scripts/test.mjs [--only faults|canary|unit|db|e2e]` runs the machine checks and one group.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const counts = { passed: 0, failed: 0, skipped: 0 };
const faults = [];
const bin = (name) => path.join(root, 'node_modules', '.bin', name);

function check(name, command, args) {
  process.stdout.write(`${name} … `);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status === 0) {
    counts.passed += 1;
    console.log('passed');
    return;
  }
  counts.failed += 1;
  faults.push(name);
  console.log('FAILED');
  console.log(`${stdout}\n${stderr}`.trim());
}

function specs(project) {
  console.log(`\nSpecs: ${project}`);
  const file = path.join(root, '.cache', `jest-${project}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const workers = project === 'unit' ? '2' : '1';
  const args = [
    '--selectProjects',
    project,
    '--json',
    `--outputFile=${file}`,
    '--reporters=default',
    `--maxWorkers=${workers}`,
    '--forceExit',
  ];
  const { status } = spawnSync(bin('jest'), args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  let result;
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    counts.failed += 1;
    faults.push(`specs ${project}: jest ended without a result (${status})`);
    return;
  }
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  counts.skipped += result.numPendingTests + result.numTodoTests;
  // What cannot run on this machine is told by name.
  for (const { assertionResults } of result.testResults)
    for (const { fullName, status: outcome } of assertionResults)
      if (outcome === 'pending' || outcome === 'todo') console.log(`skipped: ${fullName}`);
  if (status !== 0 && result.numFailedTests + result.numRuntimeErrorTestSuites === 0) counts.failed += 1;
  if (status !== 0) faults.push(`specs ${project}`);
  if (result.numTotalTests === 0) {
    counts.failed += 1;
    faults.push(`specs ${project}: no test ran`);
  }
}

/** The short form of every invariant; each counts for itself, and what is not there on this machine is told by name. */
function injectFaults() {
  console.log('\nFaults');
  const { status, stdout } = spawnSync(process.execPath, ['scripts/faults.mjs', '--short'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(stdout);
  console.log(stdout.replace(ended?.[0] ?? '', '').trim());
  if (ended === null) counts.failed += 1;
  else ['passed', 'failed', 'skipped'].forEach((kind, index) => (counts[kind] += Number(ended[index + 1])));
  if (status !== 0) faults.push('faults');
}

check('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
check('lint', bin('eslint'), ['.', '--max-warnings', '0']);
check('arrows', bin('depcruise'), ['libs', 'apps', '--config', '.dependency-cruiser.cjs']);
check('types', bin('tsc'), ['-p', '.']);
check('schemas', process.execPath, ['scripts/make-schemas.mjs', '--check']);
check('build', bin('nest'), ['build', 'standalone']);
check('examples', process.execPath, ['scripts/make-examples.mjs', '--check']);
check('catalogue', process.execPath, ['scripts/make-catalogue.mjs', '--check']);
check('personal data', process.execPath, ['scripts/make-personal-data-docs.mjs', '--check']);
if (only === undefined || only === 'faults') injectFaults();
if (only === undefined || only === 'canary') check('canary', process.execPath, ['scripts/canary.mjs', '--short']);
for (const project of ['unit', 'db', 'e2e']) if (only === undefined || only === project) specs(project);

if (faults.length > 0) console.log(`\nFailed: ${faults.join(', ')}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 && faults.length === 0 ? 0 : 1);
