import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { settingVariables } from '../libs/wiring/src/settings';

const root = path.resolve(__dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const filesUnder = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
const foldersOf = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const readmes = ['README.md', 'README.zh-CN.md'] as const;
const documents = [...readmes, 'ARCHITECTURE.md', 'CHANGELOG.md', ...filesUnder('docs')].sort();

/** A fenced block, and the marker that stands right before it. */
type Block = Readonly<{ language: string; text: string; marker: string; source: string }>;
const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(/(?:<!-- (quoted from|diff of) (\S+) -->\n+)?^(```+)(\w*)\n([\s\S]*?)^\3$/gm)].map((found) => ({
    marker: found[1] ?? '',
    source: found[2] ?? '',
    language: found[4] ?? '',
    text: found[5] ?? '',
  }));

/** The lines of a diff that stand in the new file, and those that do not any more. */
const linesOf = (diff: string): Readonly<{ present: readonly string[]; gone: readonly string[] }> => {
  const lines = diff.split('\n').filter((line) => !/^(diff|index|---|\+\+\+|@@|\s*$)/.test(line));
  return {
    present: lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1)),
    gone: lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1)),
  };
};

/** The first of the lines that does not follow the others in the text; undefined when all stand there in order. */
function firstMissing(lines: readonly string[], text: string): string | undefined {
  let rest = text.split('\n');
  for (const line of lines) {
    const at = rest.indexOf(line);
    if (at < 0) return line;
    rest = rest.slice(at + 1);
  }
  return undefined;
}

/** A quote may stand at the left margin although its source is indented. */
const indented = (text: string, spaces: number): string => text.replace(/^(?=.)/gm, ' '.repeat(spaces));
const standsIn = (source: string, text: string): boolean => [0, 2, 4, 6].some((spaces) => source.includes(indented(text, spaces)));

const quotes = documents.flatMap((document) =>
  blocksOf(read(document))
    .filter(({ marker }) => marker !== '')
    .map((block) => ({ document, ...block })),
);

describe('documents show only code that is there', () => {
  it('some code is quoted, and every marker has its block', () => {
    expect(quotes.length).toBeGreaterThan(8);
    const markers = documents.flatMap((document) => read(document).match(/<!-- (quoted from|diff of) /g) ?? []);
    expect(quotes).toHaveLength(markers.length);
  });
  it.each(quotes.filter(({ marker }) => marker === 'quoted from'))('$document quotes $source word for word', ({ source, text }) =>
    expect(standsIn(read(source), text) || text).toBe(true),
  );
  it.each(quotes.filter(({ marker }) => marker === 'diff of'))('$document shows what was added to $source', ({ source, text }) => {
    const { present, gone } = linesOf(text);
    expect(present.length).toBeGreaterThan(0);
    expect(firstMissing(present, read(source))).toBeUndefined();
    for (const line of gone) expect(read(source).split('\n')).not.toContain(line);
  });
});

describe('documents point to things that are there', () => {
  it.each(documents)('every link of %s leads to a file', (document) => {
    const text = read(document).replace(/^(```+)[\s\S]*?^\1$/gm, '');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '').filter((link) => !/^(https?:|#|mailto:)/.test(link));
    const lost = links.filter((link) => !existsSync(path.join(root, path.dirname(document), decodeURI(link.split('#')[0] ?? ''))));
    expect(lost).toEqual([]);
  });
  it.each(documents)('every script that %s names is in package.json', (document) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
    const named = [...read(document).matchAll(/\bnpm (?:run (?:--silent |-s )?([a-z][\w:-]*)|(start|test)\b)/g)];
    expect(named.map(([, run, own]) => run ?? own ?? '').filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
  it.each(documents)('%s names no folder of somebody’s machine', (document) =>
    expect(read(document)).not.toMatch(/(^|[\s`"'(])\/(work|tmp|home|root|Users)\//),
  );
});

describe('the two READMEs keep step', () => {
  const [english, chinese] = readmes.map(read) as [string, string];
  const headings = (text: string): readonly number[] =>
    (text.replace(/^(```+)[\s\S]*?^\1$/gm, '').match(/^#+(?= )/gm) ?? []).map(({ length }) => length);
  const commands = (text: string): readonly string[] =>
    blocksOf(text)
      .filter(({ language }) => language === 'sh')
      .map((block) => block.text);
  const variables = (text: string): readonly string[] => [...text.matchAll(/^\| `(GUITU_\w+)`/gm)].map(([, name]) => name ?? '');

  it('with the same headings', () => {
    expect(headings(english).length).toBeGreaterThan(4);
    expect(headings(chinese)).toEqual(headings(english));
  });
  it('with the same commands and the same output', () => {
    expect(commands(english).length).toBeGreaterThan(4);
    expect(commands(chinese)).toEqual(commands(english));
    const shown = (text: string) => blocksOf(text).map((block) => block.text);
    expect(shown(chinese)).toEqual(shown(english));
  });
  it('and name every setting', () => {
    expect([...variables(english)].sort()).toEqual([...settingVariables].sort());
    expect(variables(chinese)).toEqual(variables(english));
  });
});

describe('the map is complete', () => {
  it.each([...foldersOf('libs').map((name) => `libs/${name}`), ...foldersOf('apps').map((name) => `apps/${name}`)])(
    'ARCHITECTURE.md knows %s',
    (room) => expect(read('ARCHITECTURE.md')).toContain(`\`${room}\``),
  );
});

describe('decisions', () => {
  const files = filesUnder('docs/decisions').map((file) => path.basename(file));
  it('are numbered without a hole', () =>
    expect(files.map((name) => Number(name.slice(0, 4))).sort((a, b) => a - b)).toEqual(files.map((_, index) => index + 1)));
  it.each(files)('%s says when, why, what, and what follows', (file) => {
    const text = read(`docs/decisions/${file}`);
    expect(text.match(/^#+ .*$/gm)?.slice(1)).toEqual(['## Context', '## Decision', '## Consequences']);
    expect(text).toMatch(/^Date: \d{4}-\d{2}-\d{2}$/m);
  });
});

describe('the glossary', () => {
  it('has one meaning for one word', () => {
    const words = [...read('docs/glossary.md').matchAll(/^\| \*\*(.+?)\*\*/gm)].map(([, word]) => (word ?? '').toLowerCase());
    expect(words.length).toBeGreaterThan(30);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});
