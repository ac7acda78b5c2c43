// Prints the rules in plain words: the names of the domain's specs, grouped as the files are. `npm run rules` — for a caseworker with the dossier at hand.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'guitu-rules-'));
const file = path.join(folder, 'rules.json');
const args = ['--selectProjects', 'unit', '--json', `--outputFile=${file}`, '--', 'libs/rescue', 'libs/standards'];
const { status } = spawnSync(path.join(root, 'node_modules/.bin/jest'), args, { cwd: root, stdio: 'ignore' });
const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
rmSync(folder, { recursive: true });
let rules = 0;
for (const { name, assertionResults } of [...testResults].sort((a, b) => (a.name < b.name ? -1 : 1))) {
  console.log(
    `\n${path
      .relative(root, name)
      .replace(/^libs\/(\w+)\/src\//, '$1: ')
      .replace('.spec.ts', '')}`,
  );
  let group = '';
  for (const { ancestorTitles, title, status: outcome } of assertionResults) {
    const heading = ancestorTitles.join(' › ');
    if (heading !== group) console.log(`  ${heading}`);
    group = heading;
    console.log(`    ${outcome === 'passed' ? '✓' : '✗'} ${title}`);
    rules += 1;
  }
}
console.log(`\n${rules} rules in ${testResults.length} files.`);
process.exit(status ?? 1);
