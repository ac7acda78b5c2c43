import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..');

/** Who may open a sealed value, and why. */
const openers: Readonly<Record<string, string>> = {
  'libs/disclosure/src/gate.ts': 'the gate itself',
  'libs/erasure/src/index-values.ts': 'the blind index keeps a keyed digest of them; nothing leaves',
  'libs/history/src/command-desk.ts': 'a rule compares the values of two statements; nothing leaves',
};
const opening = /\b(?:openTree|openValues|openValue|openData|openAllData|openingKeys)\b/;
/** Whoever takes the room as a whole, or enters it by another door, could open without naming how. */
const unnamed = /(?:import\s*\*|export\s*\*)[^;]*personal-data|import\(\s*['"][^'"]*personal-data|require\(\s*['"][^'"]*personal-data/;
const comments = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;

const opens = (text: string): boolean => {
  const code = text.replace(comments, '');
  return opening.test(code) || unnamed.test(code);
};

const isProduct = (file: string): boolean =>
  /\.tsx?$/.test(file) && !/\.spec\.ts$|-for-specs\.ts$|-for-tests\.ts$|\/testing\/|\/contract/.test(file);

const productFiles = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter((file) => isProduct(file) && !file.startsWith('libs/personal-data/')),
);

describe('sealed values', () => {
  it('are opened in the gate, and by rules that compare them, and nowhere else', () => {
    expect(productFiles.length).toBeGreaterThan(200);
    const found = productFiles.filter((file) => opens(readFileSync(path.join(root, file), 'utf8')));
    expect(found.sort()).toEqual(Object.keys(openers).sort());
  });

  it.each([
    `import { openTree } from '@guitu/personal-data';`,
    `import { openValues as look } from '@guitu/personal-data';`,
    `import * as keys from '@guitu/personal-data';`,
    `const { openData } = await import('@guitu/personal-data');`,
    `const keys = require('../../../libs/personal-data/src/index');`,
    `export * from '@guitu/personal-data';`,
    `const keyOf = await keyring.openingKeys([version]);`,
  ])('would be found being opened by %s', (planted) => {
    expect(opens(planted)).toBe(true);
  });

  it('are not opened by whoever only speaks of it', () => {
    expect(
      opens(`// openTree is the gate's\n/* import * as x from '@guitu/personal-data' */\nimport { detach } from '@guitu/personal-data';`),
    ).toBe(false);
  });
});
