import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { figuresText, nameOf } from './verdict.mjs';

const dataFile = (root) => path.join(root, 'docs/reliability.json');
const pageFile = (root) => path.join(root, 'docs/reliability.md');
const count = (number) => Number(number).toLocaleString('en-US');

const read = (root) => (existsSync(dataFile(root)) ? JSON.parse(readFileSync(dataFile(root), 'utf8')) : []);

/** Puts the results of one invariant in the place of its earlier ones. A skipped engine keeps the figures it had. */
export function keepEntries(root, entries, { versions, ...run }) {
  const fresh = entries
    .filter(({ skipped }) => skipped === undefined)
    .map((entry) => ({ ...entry, ...run, versions: { ...versions, ...entry.versions } }));
  const replaced = new Set(fresh.map(nameOf));
  const kept = read(root).filter((entry) => !replaced.has(nameOf(entry)));
  const all = [...kept, ...fresh].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  writeFileSync(dataFile(root), `${JSON.stringify(all, null, 2)}\n`);
}

/** Makes docs/reliability.md from docs/reliability.json. */
export async function writeReport(root) {
  const { format, resolveConfig } = await import('prettier');
  for (const [file, text] of [
    [dataFile(root), readFileSync(dataFile(root), 'utf8')],
    [pageFile(root), page(read(root))],
  ])
    writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

function page(entries) {
  const results = entries.map((entry) => [
    nameOf(entry),
    cell(entry.promise),
    count(entry.runs),
    count(entry.faults),
    `**${count(entry.violations)}**`,
    cell(`${entry.naive.what}: ${count(entry.naive.violations)} violations in ${count(entry.naive.runs)} runs`),
  ]);
  const figures = entries.map((entry) => [nameOf(entry), cell(figuresText(entry.figures))]);
  const origins = entries.map((entry) => [
    nameOf(entry),
    entry.seed,
    entry.commit,
    entry.date,
    `${entry.seconds} s`,
    entry.scale === 1 ? 'whole' : `${entry.scale} of the whole`,
    cell(
      Object.entries(entry.versions)
        .map(([name, version]) => `${words[name] ?? name} ${version}`)
        .join(', '),
    ),
  ]);
  return `# What was survived

Made by \`npm run faults -- --write\` from [reliability.json](reliability.json); nothing here is typed by hand. \`npm test\` runs the short form of every one of these tests. Each test also runs against a naive build (in [test/naive](../test/naive)) that must fail it: a test that a naive build passes proves nothing.

${table(['invariant', 'what is promised', 'runs', 'faults injected', 'violations', 'the naive build in the same test'], results)}

## Figures

${table(['invariant', 'measured'], figures)}

## Where the figures come from

\`npm run faults -- --only <invariant> --seed <seed>\` repeats the choices of a run; the moments at which processes are met by a fault stay with the machine.

${table(['invariant', 'seed', 'commit', 'date', 'time taken', 'size', 'versions'], origins)}
`;
}

const words = { node: 'Node.js', postgres: 'PostgreSQL', eventStoreServer: 'EventStoreDB', eventStoreClient: '@eventstore/db-client' };
