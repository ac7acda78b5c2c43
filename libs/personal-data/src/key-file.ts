import { randomBytes } from 'node:crypto';
import { link, mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UnsafeKeyFile } from './errors';
import { keyBytes, KeyEncryptionKey } from './key-encryption-key';
import { KeyEncryptionKeys, type KeyEncryptionKeyList } from './key-encryption-keys';
import { errorCode, withDraft } from './key-file-draft';

const othersMayAct = 0o077;

/** How many keys one file may hold: the current one and those before it. */
export const maxKeysInFile = 16;

/**
 * The key-encryption keys from their file (32 bytes each, mode 0600): the first is the current one, those before it follow, newest first.
 * A file that does not exist is made, with one new random key; two processes that start at once get the same. What is given here reads the file
 * again when it meets keys wrapped by another one, and now and then before new keys are wrapped. Whoever loses this file loses every personal value.
 *
 * @throws UnsafeKeyFile when it is not a plain file, not a whole number of keys long, holds a key twice, or is open to group or others
 */
export async function openKeyFile(path: string, now?: () => number): Promise<KeyEncryptionKeys> {
  const existing = await readKeyFile(path);
  if (existing === undefined) await makeKeyFile(path);
  const again = (): Promise<KeyEncryptionKeyList> => existingKeys(path);
  return new KeyEncryptionKeys(existing ?? (await again()), again, now);
}

/** The keys of a file that must be there. @throws UnsafeKeyFile */
export async function existingKeys(path: string): Promise<KeyEncryptionKeyList> {
  const keys = await readKeyFile(path);
  if (keys === undefined) throw new UnsafeKeyFile(`the key file ${path} is not there; put it back in place`);
  return keys;
}

async function readKeyFile(path: string): Promise<KeyEncryptionKeyList | undefined> {
  const bytes = await readKeyBytes(path);
  if (bytes === undefined) return undefined;
  const [current, ...former] = Array.from(
    { length: bytes.length / keyBytes },
    (_, index) => new KeyEncryptionKey(bytes.subarray(index * keyBytes, (index + 1) * keyBytes)),
  );
  bytes.fill(0);
  if (current === undefined) throw new UnsafeKeyFile(`the key file ${path} is empty`);
  if (new Set([current, ...former].map(({ id }) => id)).size <= former.length)
    throw new UnsafeKeyFile(`the key file ${path} holds the same key twice`);
  return [current, ...former];
}

/** The bytes of all keys in the file, for this room alone; undefined where there is no file. @throws UnsafeKeyFile */
export async function readKeyBytes(path: string): Promise<Buffer | undefined> {
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
    return await file.readFile();
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
  if (found.size === 0 || found.size % keyBytes !== 0 || found.size > maxKeysInFile * keyBytes)
    throw new UnsafeKeyFile(`the key file ${path} has ${found.size} bytes; a key has ${keyBytes}, and a file 1 to ${maxKeysInFile} keys`);
}

/** The name appears only when the content is complete and on disk: a crash in between leaves no half key behind. */
async function makeKeyFile(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await withDraft(path, randomBytes(keyBytes), (draft) => link(draft, path).catch(unlessAnotherProcessWasFaster));
}

function unlessAnotherProcessWasFaster(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}
