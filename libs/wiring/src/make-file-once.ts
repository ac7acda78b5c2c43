import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ownerOnly = 0o600;
const ownersFolder = 0o700;

/**
 * Makes a small file of mode 0600 if there is none. It appears whole or not at all, and of several processes that start at once one makes it.
 * @param options.draftsIn a folder of the same file system for the draft; by default the file's own
 */
export function makeFileOnce(file: string, content: string, { draftsIn = path.dirname(file) }: Readonly<{ draftsIn?: string }> = {}): void {
  if (existsSync(file)) return;
  for (const folder of [draftsIn, path.dirname(file)]) mkdirSync(folder, { recursive: true, mode: ownersFolder });
  const draft = path.join(draftsIn, `${path.basename(file)}.${randomUUID()}.new`);
  try {
    writeDurably(draft, content);
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    if (existsSync(draft)) unlinkSync(draft);
  }
}

function writeDurably(file: string, content: string): void {
  const opened = openSync(file, 'wx', ownerOnly);
  try {
    writeFileSync(opened, content);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
