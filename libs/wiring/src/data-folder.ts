import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeFileOnce } from './make-file-once';

/** What lies in a data folder of ours. */
const ours: readonly string[] = ['postgres', 'keys', 'sandbox', 'erasure-ledger', 'mode'];
/** Lies in a data folder while a backup is brought into it; such a folder opens for nobody. */
export const unfinishedRestore = 'restore-unfinished';

/** The service cannot start, for a reason that a person can mend. `code` is short and stable. */
export class CannotOpen extends Error {
  constructor(
    readonly code:
      | 'foreign-folder'
      | 'wrong-mode'
      | 'disk-full'
      | 'folder-unusable'
      | 'other-passwords'
      | 'not-for-several'
      | 'restore-unfinished'
      | 'not-empty'
      | 'keys-elsewhere',
    message: string,
  ) {
    super(message);
    this.name = 'CannotOpen';
  }
}

/**
 * Opens the data folder, or makes it. A folder with foreign things in it is refused, and so is a sandbox's folder for a live service.
 * @throws CannotOpen
 */
export function openDataFolder(folder: string, mode: 'live' | 'sandbox'): void {
  try {
    if (existsSync(folder)) {
      if (existsSync(path.join(folder, unfinishedRestore)))
        throw new CannotOpen(
          'restore-unfinished',
          `A restore into the data folder ${folder} broke off; remove the folder and restore again, into an empty one.`,
        );
      const foreign = readdirSync(folder).filter((name) => !ours.includes(name));
      if (foreign.length > 0)
        throw new CannotOpen(
          'foreign-folder',
          `The data folder ${folder} holds things that are not Guitu's (${foreign[0] ?? ''}); choose another one with GUITU_DATA_FOLDER.`,
        );
    }
    makeFolder(folder);
    const file = path.join(folder, 'mode');
    // Drafts lie in keys/: a process that starts at the same moment takes nothing of ours for foreign.
    makeFileOnce(file, `${mode}\n`, { draftsIn: path.join(folder, 'keys') });
    const made = readFileSync(file, 'utf8').trim();
    if (made !== mode)
      throw new CannotOpen(
        'wrong-mode',
        `The data folder ${folder} belongs to a ${made} service; a ${mode} service needs a folder of its own (GUITU_DATA_FOLDER).`,
      );
  } catch (error) {
    if (error instanceof CannotOpen) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new CannotOpen('disk-full', `The disk under the data folder ${folder} is full.`);
    throw new CannotOpen('folder-unusable', `The data folder ${folder} cannot be used: ${code ?? 'unknown reason'}.`);
  }
}

/** One folder after the other: where one cannot be made, that is an error at once (a recursive mkdir never comes back under some file systems). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o755 });
  } catch (error) {
    // Another process that starts at the same moment was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
