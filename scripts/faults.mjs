// `npm run faults [-- --short] [--seed N] [--only I-01,I-05] [--scale 0.1] [--write]`: breaks things on purpose and counts what was lost.
// Every module of scripts/faults/ runs one invariant against the product and against a naive build that must fail the same test.
import { parseArgs } from 'node:util';
import path from 'node:path';
import { findModules } from './faults/support/modules.mjs';
import { randomOf } from './faults/support/random.mjs';
import { closeShared } from './faults/support/shared-server.mjs';
import { provenance } from './faults/support/versions.mjs';
import { keepEntries, writeReport } from './faults/support/report.mjs';
import { lineOf, verdictOf } from './faults/support/verdict.mjs';

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    only: { type: 'string' },
    scale: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const root = path.resolve(import.meta.dirname, '..');
const size = options.short ? 'short' : 'full';
const seed = options.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(options.seed);
const scale = Number(options.scale);
if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed is a whole number from 0');
if (!(scale > 0)) throw new Error('--scale is a number above 0: the share of the full run');
if (options.write && options.short) throw new Error('--write keeps full runs only; leave out --short');

/** A module that takes longer hangs. */
const LONGEST_MODULE_MS = options.short ? 240_000 : 4 * 3_600_000;

const counts = { passed: 0, failed: 0, skipped: 0 };
const told = (text) => console.log(`    ${text}`);

async function runModule(module) {
  const context = {
    seed,
    random: randomOf(seed, module.id),
    size,
    scale,
    /** How many of something: a fixed small number in the short form, else the published number times the scale. */
    amount: (short, full) => (size === 'short' ? short : Math.max(short, Math.round(full * scale))),
    tell: size === 'short' ? () => undefined : told,
  };
  const start = performance.now();
  const late = new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`not through after ${LONGEST_MODULE_MS / 60_000} minutes`)), LONGEST_MODULE_MS).unref(),
  );
  const results = [await Promise.race([module.run(context), late])].flat();
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  return results.map((result) => ({ id: module.id, title: module.title, promise: module.promise ?? module.title, seconds, ...result }));
}

function judge(entry) {
  const verdict = verdictOf(entry);
  counts[verdict.kind] += 1;
  console.log(lineOf(entry, verdict));
  return verdict;
}

const modules = await findModules(path.join(root, 'scripts/faults'), options.only?.split(','));
console.log(`faults, ${size} form, seed ${seed}`);
for (const module of modules) {
  try {
    const entries = await runModule(module);
    const passed = entries.map(judge).every(({ kind }) => kind !== 'failed');
    // Each invariant is kept as soon as it is through; a failed run is never kept as a published figure.
    if (options.write && passed) keepEntries(root, entries, { seed, scale, ...provenance(root) });
  } catch (error) {
    counts.failed += 1;
    console.log(`${module.id} FAILED: ${error instanceof Error ? error.stack : String(error)}`);
  }
}
await closeShared();
if (options.write) await writeReport(root);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);
