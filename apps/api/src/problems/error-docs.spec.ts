import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorDocs } from './error-docs';
import { problemCodes } from './problem-codes';

describe('the page about errors', () => {
  const page = readFileSync(path.resolve(__dirname, '../../../../docs/errors.md'), 'utf8');

  it('is the one that the code makes: run `node scripts/make-error-docs.mjs`', () => {
    expect(page).toBe(errorDocs());
  });

  it('names every code', () => {
    for (const code of problemCodes) expect(page).toContain(`\`${code}\``);
  });
});
