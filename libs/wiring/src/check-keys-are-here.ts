import { openDatabase } from '@guitu/event-log';
import { CannotOpen } from './data-folder';

/**
 * Keys that are looked for in another database than the one that they were made in are not found, and every value would seem to be erased. So whether
 * they lie beside the log or apart is settled by the first start.
 * @throws CannotOpen keys-elsewhere
 */
export async function checkKeysAreHere(logUrl: string, apart: boolean): Promise<void> {
  const { keys, events } = await whatLiesAt(logUrl);
  if (apart && keys)
    throw new CannotOpen(
      'keys-elsewhere',
      'The keys of persons lie beside the log, and GUITU_KEY_DATABASE_URL names another database: no value would open. ' +
        'Leave GUITU_KEY_DATABASE_URL out; a database for the keys alone is named before the first start.',
    );
  if (!apart && events && !keys)
    throw new CannotOpen(
      'keys-elsewhere',
      'The log holds events, and no keys of persons lie beside it: no value would open. Name the database of the keys with GUITU_KEY_DATABASE_URL.',
    );
}

/** Tables that no migration has made yet hold nothing. */
async function whatLiesAt(url: string): Promise<Readonly<{ keys: boolean; events: boolean }>> {
  const database = openDatabase({ connectionString: url, poolSize: 1 });
  try {
    const [table] = await database.query<{ keys: boolean; log: boolean }>(
      `select to_regclass('personal_data.service_key') is not null as keys, to_regclass('event_log.record') is not null as log`,
    );
    if (table?.log !== true) return { keys: table?.keys === true, events: false };
    const [found] = await database.query<{ events: boolean }>('select exists (select from event_log.record) as events');
    return { keys: table.keys, events: found?.events === true };
  } finally {
    await database.close();
  }
}
