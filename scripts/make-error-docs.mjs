// Writes docs/errors.md from the closed list of problem codes. A spec compares the two.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
mkdirSync(path.join(root, '.cache'), { recursive: true });
const target = mkdtempSync(path.join(root, '.cache', 'error-docs-'));
try {
  const swc = path.join(root, 'node_modules', '.bin', 'swc');
  execFileSync(
    swc,
    ['apps/api/src/problems', 'libs/rescue/src', 'libs/standards/src', '-d', target, '--quiet', '--ignore', '**/*.spec.ts'],
    { cwd: root, stdio: 'inherit' },
  );
  symlinkSync(path.join(root, 'node_modules'), path.join(target, 'node_modules'));
  const { errorDocs } = createRequire(import.meta.url)(path.join(target, 'apps/api/src/problems/error-docs.js'));
  mkdirSync(path.join(root, 'docs'), { recursive: true });
  writeFileSync(path.join(root, 'docs', 'errors.md'), errorDocs());
  console.log('docs/errors.md written.');
} finally {
  rmSync(target, { recursive: true, force: true });
}
