import { randomBytes } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { UnsafeKeyFile } from './errors';
import { keyBytes } from './key-encryption-key';
import { existingKeys, maxKeysInFile, readKeyBytes } from './key-file';
import type { KeyEncryptionKeyList } from './key-encryption-keys';
import { errorCode, withDraft } from './key-file-draft';

/**
 * Puts a new random key at the head of the key file; the others stay behind it. From then on running processes wrap with it, after
 * `keyFileLifetimeMs` at the latest. Keep a copy of the new file before anything is wrapped anew.
 *
 * @throws UnsafeKeyFile as `openKeyFile`, when the file is full, or when another change of it is under way
 */
export function addKeyEncryptionKey(path: string): Promise<KeyEncryptionKeyList> {
  return changeKeyFile(path, (bytes) => {
    if (bytes.length >= maxKeysInFile * keyBytes)
      throw new UnsafeKeyFile(`the key file ${path} holds ${maxKeysInFile} keys already; drop the former ones first`);
    return Buffer.concat([randomBytes(keyBytes), bytes]);
  });
}

/**
 * Keeps the current key alone. What only a former one unwraps is lost from then on: first see that `keysWrappedBy` counts none under them,
 * no sooner than twice `keyFileLifetimeMs` after the current one was added.
 *
 * @throws UnsafeKeyFile
 */
export function dropFormerKeyEncryptionKeys(path: string): Promise<KeyEncryptionKeyList> {
  return changeKeyFile(path, (bytes) => Buffer.from(bytes.subarray(0, keyBytes)));
}

async function changeKeyFile(path: string, change: (bytes: Buffer) => Buffer): Promise<KeyEncryptionKeyList> {
  const lock = `${path}.lock`;
  // Two changes at once would lose one of the two keys, perhaps one that has wrapped something by then.
  const held = await open(lock, 'wx', 0o600).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
    throw new UnsafeKeyFile(`the key file ${path} is being changed by another process; if none runs any more, remove ${lock}`);
  });
  try {
    const bytes = await readKeyBytes(path);
    if (bytes === undefined) throw new UnsafeKeyFile(`the key file ${path} is not there; put it back in place`);
    await existingKeys(path);
    const changed = change(bytes);
    bytes.fill(0);
    await withDraft(path, changed, (draft) => rename(draft, path));
    return await existingKeys(path);
  } finally {
    await held.close();
    await unlink(lock);
  }
}
