import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findRunningPostgres, startEmbeddedPostgres } from '@guitu/embedded-postgres';
import { openDatabase, openPostgresLog, removeSecrets, type Database, type EventLog } from '@guitu/event-log';
import { checkErasures, Keyring, openKeyFile, sqlKeyStore, sqlLedgerNote } from '@guitu/personal-data';
import { openReadModels, smallestPool, type ReadModels } from '@guitu/read-models';
import { CannotOpen } from './data-folder';
import { erasureLedgerOf, keyFileOf } from './key-files';
import { identityOf, openChosenLog } from './open-chosen-log';
import type { KeyRole } from './open-database';
import { openRolePasswords, rolePasswordsFile, type ServiceRole } from './role-passwords';
import { withRole } from './set-passwords';
import type { Settings } from './settings';

const KEY_STORE_POOL = 2;

/** How a reader beside the service reaches the ground state. Nothing is migrated, made or changed by opening it. */
export type BesideService = Readonly<{
  log: EventLog;
  /**
   * Opens the keys of personal values, with the key file of the data folder.
   * @throws UnsafeKeyFile, WrongKeyEncryptionKey, ErasuresNotApplied, LedgerMissing, LedgerDamaged, UnsafeLedger
   */
  openKeyring: () => Promise<Keyring>;
  /** The wrapped keys, for the operator's work on them, as `guitu_erasure`; also before the erasure ledger was applied. */
  openKeyStore: () => Promise<Database>;
  /** Takes ciphertexts out of the records of a stream, by their digests; absent where the engine cannot. Gives how many were there. */
  removeSecrets?: (stream: string, digests: readonly string[]) => Promise<number>;
  /** @throws AnotherLog where they were made from another log */
  openReadModels: () => Promise<ReadModels>;
  /** Throws the rows away, also those that were made from another log; the next start of the service makes them anew. */
  forgetReadModels: () => Promise<void>;
  close: () => Promise<void>;
}>;

/**
 * Opens the log of an installation, whether its service runs or not: a running database is used beside it, else the embedded one is started
 * until `close`. `logUrl` names another login that may read the log in PostgreSQL, used as it is; keys and read models then need the data folder's
 * own database.
 * @throws CannotOpen, AnotherLog, CannotStart, StoreNotMigrated, StoreNotSafe, StoreNotDurable, and what the driver throws when nobody answers
 */
export async function openLogOnly(settings: Settings, logUrl?: string): Promise<BesideService> {
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  const keep = <T extends { close(): Promise<void> }>(opened: T): T => {
    closing.push(() => opened.close());
    return opened;
  };
  if (logUrl !== undefined && settings.eventLog !== 'postgres')
    throw new CannotOpen('folder-unusable', `A login of PostgreSQL opens no log that lies in ${settings.eventLog} (GUITU_EVENT_LOG).`);
  try {
    const server = logUrl === undefined ? await serverBeside(settings) : undefined;
    if (server !== undefined) closing.push(server.stop);
    const urlFor = (role: ServiceRole): string => {
      if (server === undefined) throw new CannotOpen('folder-unusable', 'A login for the log alone opens neither keys nor read models.');
      return asRole(server.url, role, settings);
    };
    const keysUrlFor = (role: KeyRole): string =>
      settings.keyDatabaseUrl === undefined ? urlFor(role) : asRole(settings.keyDatabaseUrl.reveal(), role, settings);
    const opened =
      logUrl === undefined
        ? openChosenLog(settings, { postgresUrl: () => urlFor('guitu_log') })
        : openPostgresLog({ connectionString: logUrl });
    const log = keep(await opened);
    let records: Database | undefined;
    const openRecords = (): Database => (records ??= keep(openDatabase({ connectionString: urlFor('guitu_erasure'), poolSize: 1 })));
    const tables = async (): Promise<ReadModels> => keep(await openReadModels({ url: urlFor('guitu_read'), poolSize: smallestPool }));
    return {
      log,
      openKeyring: () => keyringOf(settings, (url) => keep(openDatabase({ connectionString: url, poolSize: 1 })), keysUrlFor),
      openKeyStore: async () => keep(openDatabase({ connectionString: keysUrlFor('guitu_erasure'), poolSize: KEY_STORE_POOL })),
      ...(settings.eventLog === 'postgres' ? { removeSecrets: (stream, digests) => removeSecrets(openRecords(), stream, digests) } : {}),
      openReadModels: async () => {
        const readModels = await tables();
        await readModels.mustFollow(await identityOf(settings, log));
        return readModels;
      },
      forgetReadModels: async () => (await tables()).forget(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The mode of the service that a data folder belongs to; undefined when there is no such folder yet. */
export function modeOf(dataFolder: string): 'live' | 'sandbox' | undefined {
  const file = path.join(dataFolder, 'mode');
  if (!existsSync(file)) return undefined;
  return readFileSync(file, 'utf8').trim() === 'sandbox' ? 'sandbox' : 'live';
}

type Server = Readonly<{ url: string; stop: () => Promise<void> }>;

async function serverBeside({ dataFolder, postgresUrl, postgresPort }: Settings): Promise<Server> {
  if (postgresUrl !== undefined) return { url: postgresUrl.reveal(), stop: async () => undefined };
  if (modeOf(dataFolder) === undefined) throw noService(dataFolder);
  const folder = path.join(dataFolder, 'postgres');
  const running = findRunningPostgres(folder);
  if (running !== undefined) return { url: running.superuserUrl, stop: async () => undefined };
  if (!existsSync(path.join(folder, 'data'))) throw noService(dataFolder);
  const started = await startEmbeddedPostgres({ folder, port: postgresPort });
  return { url: started.superuserUrl, stop: () => started.stop() };
}

const noService = (dataFolder: string): CannotOpen =>
  new CannotOpen('folder-unusable', `No service has worked in the data folder ${dataFolder} yet; name another one with GUITU_DATA_FOLDER.`);

function asRole(url: string, role: ServiceRole, settings: Settings): string {
  const file = rolePasswordsFile(settings);
  // Without the file nothing is made here: a reader beside the service changes nothing.
  if (!existsSync(file)) throw noService(settings.dataFolder);
  return withRole(url, role, openRolePasswords(file)[role].reveal());
}

type KeyDatabase = (url: string) => ReturnType<typeof openDatabase>;

async function keyringOf(settings: Settings, open: KeyDatabase, keysUrlFor: (role: KeyRole) => string): Promise<Keyring> {
  const keyFile = keyFileOf(settings);
  if (!existsSync(keyFile)) throw new CannotOpen('folder-unusable', `There is no key file ${keyFile}; without it no personal value opens.`);
  const keyStore = open(keysUrlFor('guitu_keys'));
  await checkErasures(sqlLedgerNote(keyStore), erasureLedgerOf(settings), { onlyLook: true });
  return Keyring.open({ store: sqlKeyStore(keyStore), keyEncryptionKey: await openKeyFile(keyFile) });
}
