import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from '@swc/core';

/** A process of its own that starts the database of a folder, says so in one line, and then only lives on, for specs that kill it. */
export async function startInChild(folder: string): Promise<{ child: ChildProcess; url: string; adopted: boolean }> {
  const program = join(compiled(), 'program.js');
  const child = spawn(process.execPath, [program, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_PATH: join(process.cwd(), 'node_modules') },
  });
  const line = await firstLine(child);
  return { child, ...(JSON.parse(line) as { url: string; adopted: boolean }) };
}

export async function killed(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** After the last spec of a file. */
export function removeChildProgram(): void {
  if (folderOfProgram) rmSync(folderOfProgram, { recursive: true, force: true });
  folderOfProgram = undefined;
}

const program = `
const { startEmbeddedPostgres } = require('./start-embedded-postgres');
startEmbeddedPostgres({ folder: process.argv[2] }).then(
  ({ superuserUrl, adopted }) => { console.log(JSON.stringify({ url: superuserUrl, adopted })); setInterval(() => undefined, 1000); },
  (error) => { console.error(error.message); process.exit(2); },
);`;

const sources = join(__dirname, '..', '..', 'libs', 'embedded-postgres', 'src');
let folderOfProgram: string | undefined;

/** Jest's transform ends at the border of its process, so the child gets the same sources compiled beforehand. */
function compiled(): string {
  if (folderOfProgram) return folderOfProgram;
  const target = mkdtempSync(join(tmpdir(), 'guitu-child-'));
  for (const name of readdirSync(sources).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))) {
    const { code } = transformSync(readFileSync(join(sources, name), 'utf8'), {
      swcrc: false,
      module: { type: 'commonjs' },
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    });
    writeFileSync(join(target, name.replace(/ts$/, 'js')), code);
  }
  writeFileSync(join(target, 'program.js'), program);
  return (folderOfProgram = target);
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    let complained = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve(said);
    });
    child.stderr!.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    child.once('exit', () => reject(new Error(complained || 'the child ended without a word')));
  });
}
