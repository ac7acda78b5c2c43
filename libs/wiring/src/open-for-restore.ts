import { closeSync, existsSync, fsyncSync, openSync, readdirSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { findRunningPostgres } from '@guitu/embedded-postgres';
import { CannotOpen, openDataFolder, unfinishedRestore } from './data-folder';
import { openMigratedDatabase } from './open-database';
import type { Settings } from './settings';

/** What an operator may have put into the folder by hand before. */
const broughtBefore: ReadonlySet<string> = new Set(['keys', 'erasure-ledger', 'sandbox']);

/** A new data folder with an empty database of this version. Until `finish` it opens for nobody else, also after a kill. */
export type EmptyInstallation = Readonly<{
  /** Holds the password: for connecting, never for printing. */
  superuserUrl: string;
  finish: () => void;
  close: () => Promise<void>;
}>;

/** Whether the data folder holds everything: the embedded database with the log and the keys. */
export const holdsEverything = ({ postgresUrl, keyDatabaseUrl, eventLog }: Settings): boolean =>
  postgresUrl === undefined && keyDatabaseUrl === undefined && eventLog === 'postgres';

/** @throws CannotOpen when something lies in the folder, or the settings name a database outside it */
export async function openForRestore(settings: Settings, mode: 'live' | 'sandbox'): Promise<EmptyInstallation> {
  const { dataFolder } = settings;
  if (!holdsEverything(settings))
    throw new CannotOpen('not-empty', 'A restore goes into a data folder; leave GUITU_POSTGRES_URL and GUITU_EVENT_LOG out.');
  const [found] = existsSync(dataFolder) ? readdirSync(dataFolder).filter((name) => !broughtBefore.has(name)) : [];
  if (found !== undefined)
    throw new CannotOpen('not-empty', `The data folder ${dataFolder} is not empty (${found}); a restore wants a new one (--data-folder).`);
  openDataFolder(dataFolder, mode);
  const marker = path.join(dataFolder, unfinishedRestore);
  closeSync(openSync(marker, 'wx', 0o600));
  const database = await openMigratedDatabase(settings);
  const running = findRunningPostgres(path.join(dataFolder, 'postgres'));
  if (running === undefined) throw new CannotOpen('folder-unusable', `The database in ${dataFolder} does not run.`);
  return {
    superuserUrl: running.superuserUrl,
    finish: () => {
      unlinkSync(marker);
      const folder = openSync(dataFolder, 'r');
      fsyncSync(folder);
      closeSync(folder);
    },
    close: database.stop,
  };
}
