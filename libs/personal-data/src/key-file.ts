import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UnsafeKeyFile } from './errors';
import { keyBytes, KeyEncryptionKey } from './key-encryption-key';

const ownerOnly = 0o600;
const othersMayAct = 0o077;

/**
 * The key-encryption key from its file (32 bytes, mode 0600); a file that does not exist is made, with a new random key.
 * Two processes that start at once get the same key. Whoever loses this file loses every personal value.
 *
 * @throws UnsafeKeyFile when it is not a plain file, not 32 bytes long, or open to group or others
 */
export async function openKeyFile(path: string): Promise<KeyEncryptionKey> {
  const existing = await readKey(path);
  if (existing) return existing;
  await makeKeyFile(path);
  const made = await readKey(path);
  if (!made) throw new UnsafeKeyFile(`the key file ${path} vanished while it was being made`);
  return made;
}

async function readKey(path: string): Promise<KeyEncryptionKey | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return undefined;
    throw new UnsafeKeyFile(`the key file ${path} cannot be read (${code ?? 'unknown reason'})`);
  }
  try {
    await checkFile(file, path);
    const bytes = await file.readFile();
    const key = new KeyEncryptionKey(bytes);
    bytes.fill(0);
    return key;
  } finally {
    await file.close();
  }
}

/** Looks at the opened file, not at the path, so that nothing can be exchanged between the check and the reading. */
async function checkFile(file: FileHandle, path: string): Promise<void> {
  const found = await file.stat();
  if (!found.isFile()) throw new UnsafeKeyFile(`the key file ${path} is not a plain file`);
  if ((found.mode & othersMayAct) !== 0) {
    throw new UnsafeKeyFile(`the key file ${path} is open to other users; allow its owner alone: chmod 600 ${path}`);
  }
  if (found.size !== keyBytes) throw new UnsafeKeyFile(`the key file ${path} has ${found.size} bytes; a key has ${keyBytes}`);
}

/** The name appears only when the content is complete and on disk: a crash in between leaves no half key behind. */
async function makeKeyFile(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}.new`;
  try {
    await writeDurably(draft);
    await link(draft, path).catch(unlessAnotherProcessWasFaster);
  } finally {
    await unlink(draft).catch(() => undefined);
  }
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}

async function writeDurably(path: string): Promise<void> {
  const file = await open(path, 'wx', ownerOnly);
  try {
    await file.writeFile(randomBytes(keyBytes));
    await file.sync();
  } finally {
    await file.close();
  }
}

function unlessAnotherProcessWasFaster(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}

function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
