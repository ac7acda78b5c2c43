import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveTo, spawnAs, type Account } from './account';
import type { Binaries } from './binaries';
import type { Folder } from './folder';
import { handOver } from './handed-over';

export const superuser = 'guitu_admin';

/** Makes the data directory once. Whatever an interrupted first start left behind is removed; a finished directory is never touched. */
export async function createCluster(folder: Folder, binaries: Binaries, account: Account): Promise<void> {
  if (existsSync(folder.data)) return;
  for (const name of readdirSync(folder.path)) {
    if (name.startsWith('data.unfinished-')) rmSync(join(folder.path, name), { recursive: true, force: true });
  }
  const unfinished = join(folder.path, `data.unfinished-${randomBytes(6).toString('hex')}`);
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(account, unfinished);
  rmSync(folder.password, { force: true });
  writeFileSync(folder.password, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  giveTo(account, folder.password);
  await initialise(unfinished, folder.password, binaries, account);
  renameSync(unfinished, folder.data);
}

async function initialise(directory: string, passwordFile: string, binaries: Binaries, account: Account): Promise<void> {
  const handed = handOver(account, [directory, passwordFile]);
  const [data, password] = handed.paths;
  const options = [
    '-D',
    data!,
    '-U',
    superuser,
    `--pwfile=${password!}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ];
  try {
    await run(binaries.initdb, options, account, handed.descriptors);
  } finally {
    handed.close();
  }
}

function run(command: string, options: readonly string[], account: Account, descriptors: readonly number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, options, { ...spawnAs(account), cwd: '/', stdio: ['ignore', 'ignore', 'pipe', ...descriptors] });
    let complaints = '';
    child.stderr!.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(complaints.trim() || `initdb ended with ${code}`))));
  });
}
