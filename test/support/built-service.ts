import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const main = path.join(root, 'dist/apps/standalone/src/main.js');

/** The built main file of the standalone service; built first where it is missing or older than a source. */
export function builtService(): string {
  if (!existsSync(main) || newestSource() > statSync(main).mtimeMs) {
    const { status, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`The build failed: ${stderr}`);
  }
  return main;
}

function newestSource(): number {
  const times = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => statSync(path.join(root, folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0),
  );
  return Math.max(...times);
}
