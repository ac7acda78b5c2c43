// Writes docs/catalogue.md from the catalogues and schemas: every event, its Chinese name, clause, personal fields, and who may record it; every duty.
// `--check` compares and exits 1 when it differs. Needs the build.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const root = path.resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const rescue = require(path.join(root, 'dist/libs/rescue/src/index.js'));
const standards = require(path.join(root, 'dist/libs/standards/src/index.js'));
const file = path.join(root, 'docs/catalogue.md');

const marksIn = (marks, pointer = '') =>
  Object.entries(marks ?? {}).flatMap(([field, mark]) =>
    typeof mark === 'string' ? [`\`${pointer}/${field}\` ${mark}`] : marksIn(mark, `${pointer}/${field}`),
  );
const kinds = (command) =>
  command.role !== undefined
    ? `role \`${command.role}\``
    : command.by.length === 0
      ? 'any agency that takes part'
      : command.by.map((kind) => `${kind} ${standards.agencyKind[kind]}`).join(', ');
const cell = (text) => String(text).replaceAll('|', '\\|');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |`;

const lines = [
  '# Catalogue',
  '',
  'Made from the code by `npm run catalogue`; do not edit. `[P]` marks what the domain dossier proposes and no document orders; the other clauses name',
  'their source (S000 to S004 are the five source documents, [L] a statute, [X] an excerpt). The rule of each command decides in detail who may give it.',
  '',
];
for (const kind of rescue.streams) {
  const place = kind.bookkeeping === true ? "Guitu's own bookkeeping, without commands" : `HTTP collection \`/v1/${kind.collection}\``;
  lines.push(`## ${kind.zh} (\`${kind.category}\`, ${place})`, '', '### Events', '');
  lines.push(row('event', '中文', 'shape', 'basis', 'personal fields (class)'), row('--', '--', '--', '--', '--'));
  for (const [type, event] of Object.entries(kind.events))
    lines.push(row(`\`${type}\``, event.zh, (event.past?.length ?? 0) + 1, event.basis, marksIn(event.sealed).join('; ') || 'none'));
  if (Object.keys(kind.commands).length > 0)
    lines.push('', '### Commands', '', row('command', '中文', 'who may give it', 'begins a stream'), row('--', '--', '--', '--'));
  for (const [type, command] of Object.entries(kind.commands))
    lines.push(row(`\`${type}\``, command.zh, kinds(command), command.opens ?? ''));
  if (kind.duties.length > 0) {
    lines.push(
      '',
      '### Duties',
      '',
      row('key', '中文', 'English', 'basis', 'weight', 'national limit', 'opened by', 'discharged by'),
      row(...Array(8).fill('--')),
    );
    for (const duty of [...kind.duties].sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }))) {
      const { value } = rescue.policyAt(duty.limit, 'national', '2020-10-12');
      const after =
        value.after === undefined ? '' : ` after ${value.after.over ? 'more than ' : ''}${value.after.amount} ${value.after.unit}`;
      lines.push(
        row(
          duty.key,
          duty.zh,
          duty.en,
          duty.basis,
          duty.force,
          `${value.amount} ${value.unit}${after}`,
          Object.keys(duty.opens)
            .map((one) => `\`${one}\``)
            .join(', '),
          Object.keys(duty.dischargedBy)
            .map((one) => `\`${one}\``)
            .join(', '),
        ),
      );
    }
  }
  lines.push('');
}
lines.push('## Duties in every kind of stream', '', row('event', '中文', 'basis'), row('--', '--', '--'));
for (const [type, event] of Object.entries(rescue.dutyEvents)) lines.push(row(`\`${type}\``, event.zh, event.basis));
lines.push('', row('command', '中文', 'who may give it'), row('--', '--', '--'));
for (const [type, command] of Object.entries(rescue.dutyCommands)) lines.push(row(`\`${type}\``, command.zh, kinds(command)));
lines.push('', '## Policy values', '', row('key', 'division', 'from', 'value', 'source'), row(...Array(5).fill('--')));
for (const { key, division, effectiveFrom, value, source } of rescue.policyTable)
  lines.push(row(`\`${key}\``, division, effectiveFrom, `\`${JSON.stringify(value)}\``, source));
lines.push('', '## Refusals', '', row('code', '中文'), row('--', '--'));
for (const [code, zh] of Object.entries(rescue.refusals)) lines.push(row(`\`${code}\``, zh));
const text = `${lines.join('\n')}\n`;

if (process.argv.includes('--check')) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error('docs/catalogue.md does not match the code; run `npm run catalogue`.');
    process.exit(1);
  }
  console.log('docs/catalogue.md matches the code.');
} else {
  writeFileSync(file, text);
  console.log(`docs/catalogue.md written, ${lines.length} lines.`);
}
