import { CannotOpen } from './data-folder';
import type { Settings } from './settings';

/**
 * Settings of a process that is one of several on the same database. The embedded database belongs to the process that started it, and the
 * hand-moved clock to the one that moves it.
 * @throws CannotOpen
 */
export function oneOfSeveral(settings: Settings): Settings {
  if (settings.mode === 'sandbox')
    throw new CannotOpen('not-for-several', 'A sandbox and its hand-moved clock run in one process: npm start with GUITU_MODE=sandbox.');
  if (settings.postgresUrl === undefined)
    throw new CannotOpen(
      'not-for-several',
      'Separate processes share a PostgreSQL of yours: set GUITU_POSTGRES_URL; or run all of them in one process on the embedded one: npm start.',
    );
  return settings;
}
