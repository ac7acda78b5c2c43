// Writes the tables of docs/personal-data.md: which field of which event is of which class and whose, by what persons are looked up, what is kept how long,
// and which texts are not sealed. `--check` compares and exits 1 when they differ. Needs the build.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const built = (file) => require(path.join(root, 'dist/libs', file));
const { dutyEvents, retentionTable, streams } = built('rescue/src/index.js');
const { classWords, whoseWords } = built('erasure/src/words.js');
const { indexedFields } = built('erasure/src/indexed-fields.js');
const file = path.join(root, 'docs/personal-data.md');

const row = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** `[pointer, class, whose]` of every marked field; `*` stands for every element of a list or what lies below a sealed object. */
export const marksIn = (marks, pointer = '') =>
  Object.entries(marks ?? {}).flatMap(([field, mark]) => {
    if (typeof mark !== 'string') return marksIn(mark, `${pointer}/${field}`);
    const [dataClass, whose = 'person'] = mark.split(' of ');
    return [[`${pointer}/${field}`, dataClass, whose]];
  });

const eventsOf = ({ events }) => [...Object.entries(events), ...Object.entries(dutyEvents).filter(([type]) => !(type in events))];

function fieldTables() {
  const seen = new Set();
  const parts = streams.map((kind) => {
    const rows = eventsOf(kind).flatMap(([type, { zh, sealed }]) => {
      if (type in dutyEvents && seen.has(type)) return [];
      seen.add(type);
      return marksIn(sealed).map(([pointer, dataClass, whose]) => [
        `\`${type}\` ${zh}`,
        `\`${pointer}\``,
        classWords[dataClass],
        whoseWords[whose],
      ]);
    });
    const none = `没有个人信息。No event of this stream holds a personal value.`;
    return [
      `### ${kind.zh} \`${kind.category}\``,
      rows.length === 0 ? none : table(['事件 event', '字段 field', '类别 class', '何人 whose'], rows),
    ];
  });
  return parts.flat();
}

const kindWords = { 'id-number': '证件号码 ID number', phone: '电话 phone', alias: '姓名或称呼 name or alias' };
const indexTable = () =>
  table(
    ['检索项 looked up by', '事件和字段 events and fields'],
    Object.entries(kindWords).map(([kind, words]) => [
      words,
      Object.entries(indexedFields)
        .flatMap(([type, fields]) => fields.filter((one) => one.kind === kind).map(({ pointer }) => `\`${type}${pointer}\``))
        .join(', '),
    ]),
  );

const groundWords = {
  SETTLED: '已落户安置 settled',
  UNIDENTIFIED: '身份未明 not identified',
  DECEASED: '已故 deceased',
  MINOR: '未成年 a minor',
};
const startWords = { CASE_ARCHIVED: '案卷归档 the file was put away' };
const purposeWords = { CASE_FILE: '救助档案 the file of the case' };
const retention = () =>
  table(
    ['类别 classes', '何人 whose', '目的 purpose', '起算 from', '年限 years', '永久保存 for ever where', '依据 basis'],
    retentionTable.map(({ classes, persons, purpose, from, years, permanentFor, basis }) => [
      classes.map((one) => classWords[one]).join(', '),
      persons.map((one) => whoseWords[one]).join(', '),
      purposeWords[purpose] ?? purpose,
      startWords[from] ?? from,
      years,
      permanentFor.map((one) => groundWords[one] ?? one).join(', '),
      basis,
    ]),
  );

/** Texts of commands that are not sealed and whose form lets a sentence in: no list of values, no pattern, no format. */
function openTexts() {
  const folder = path.join(root, 'schemas/commands');
  const found = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const schema = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      return textsIn(schema, schema).map((pointer) => `\`${path.basename(name, '.json')}${pointer}\``);
    });
  return [...new Set(found)].sort().join(', ');
}

function textsIn(raw, schema, pointer = '') {
  if (typeof raw !== 'object' || raw === null || raw['x-personal'] !== undefined) return [];
  const node = raw.$ref === undefined ? raw : { ...schema.definitions[raw.$ref.split('/').at(-1)], ...raw };
  if (node['x-personal'] !== undefined) return [];
  const free = node.type === 'string' && !node.enum && !node.const && !node.pattern && !node.format;
  if (free) return [pointer];
  const inner = Object.entries(node.properties ?? {}).flatMap(([name, one]) => textsIn(one, schema, `${pointer}/${name}`));
  const items = node.items === undefined ? [] : textsIn(node.items, schema, `${pointer}/*`);
  const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((one) => textsIn(one, schema, pointer));
  return [...inner, ...items, ...branches];
}

const blocks = { fields: () => fieldTables().join('\n\n'), index: indexTable, retention, open: openTexts };
const text = readFileSync(file, 'utf8');
let made = text;
for (const [name, make] of Object.entries(blocks)) {
  const [start, end] = [`<!-- ${name}: npm run personal-data-docs -->`, `<!-- end of ${name} -->`];
  const [from, to] = [made.indexOf(start), made.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/personal-data.md has no place for ${name}: ${start} … ${end}`);
  made = `${made.slice(0, from)}${start}\n\n${make()}\n\n${made.slice(to)}`;
}
const prettier = await import('prettier');
made = await prettier.format(made, { ...(await prettier.resolveConfig(file)), parser: 'markdown' });
if (!process.argv.includes('--check')) {
  writeFileSync(file, made);
  console.log('docs/personal-data.md: tables written.');
} else if (text === made) console.log('docs/personal-data.md matches the code.');
else {
  console.error('docs/personal-data.md does not match the code; run `npm run personal-data-docs`.');
  process.exit(1);
}
