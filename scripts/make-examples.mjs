// Writes schemas/examples.json: one body of each command, taken from the stories, shown in the OpenAPI document. The stories' specs replay them all.
// `--check` compares and exits 1 when it differs. Needs the build.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const root = path.resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const { readStory, storyNames } = require(path.join(root, 'dist/apps/player/src/stories.js'));
const { collectExamples } = require(path.join(root, 'dist/apps/api/src/index.js'));
const file = path.join(root, 'schemas/examples.json');
const examples = [...collectExamples(storyNames().map((name) => readStory(name)))].sort(([a], [b]) => (a < b ? -1 : 1));
const text = `${JSON.stringify(Object.fromEntries(examples), null, 1)}\n`;

if (process.argv.includes('--check')) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error('schemas/examples.json does not match the stories; run `npm run schemas`.');
    process.exit(1);
  }
  console.log(`${examples.length} examples match the stories.`);
} else {
  writeFileSync(file, text);
  console.log(`${examples.length} examples written.`);
}
