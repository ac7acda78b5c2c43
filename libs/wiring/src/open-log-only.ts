import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findRunningPostgres, startEmbeddedPostgres } from '@guitu/embedded-postgres';
import { openDatabase, openPostgresLog, type EventLog } from '@guitu/event-log';
import { Keyring, openKeyFile, sqlKeyStore } from '@guitu/personal-data';
import { openReadModels, smallestPool, type ReadModels } from '@guitu/read-models';
import { CannotOpen, rolePasswords, type ServiceRole } from './data-folder';
import type { Settings } from './settings';

/** How a reader beside the service reaches the ground state. Nothing is migrated, made or changed by opening it. */
export type BesideService = Readonly<{
  log: EventLog;
  /** Opens the keys of personal values, with the key file of the data folder. @throws UnsafeKeyFile, WrongKeyEncryptionKey */
  openKeyring: () => Promise<Keyring>;
  openReadModels: () => Promise<ReadModels>;
  close: () => Promise<void>;
}>;

/**
 * Opens the log of an installation, whether its service runs or not: a running database is used beside it, else the embedded one is started
 * until `close`. `logUrl` names another login that may read the log, used as it is; keys and read models then need the data folder's own database.
 * @throws CannotOpen, CannotStart, StoreNotMigrated, StoreNotSafe, StoreNotDurable, and what the driver throws when nobody answers
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
  try {
    const server = logUrl === undefined ? await serverBeside(settings) : undefined;
    if (server !== undefined) closing.push(server.stop);
    const urlFor = (role: ServiceRole): string => {
      if (server === undefined) throw new CannotOpen('folder-unusable', 'A login for the log alone opens neither keys nor read models.');
      return asRole(server.url, role, settings.dataFolder);
    };
    const log = keep(await openPostgresLog({ connectionString: logUrl ?? urlFor('guitu_log') }));
    return {
      log,
      openKeyring: () => keyringOf(settings, (url) => keep(openDatabase({ connectionString: url, poolSize: 1 })), urlFor),
      openReadModels: async () => keep(await openReadModels({ url: urlFor('guitu_read'), poolSize: smallestPool })),
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
  if (modeOf(dataFolder) === undefined) throw noService(dataFolder);
  if (postgresUrl !== undefined) return { url: postgresUrl.reveal(), stop: async () => undefined };
  const folder = path.join(dataFolder, 'postgres');
  const running = findRunningPostgres(folder);
  if (running !== undefined) return { url: running.superuserUrl, stop: async () => undefined };
  if (!existsSync(path.join(folder, 'data'))) throw noService(dataFolder);
  const started = await startEmbeddedPostgres({ folder, port: postgresPort });
  return { url: started.superuserUrl, stop: () => started.stop() };
}

const noService = (dataFolder: string): CannotOpen =>
  new CannotOpen('folder-unusable', `No service has worked in the data folder ${dataFolder} yet; name another one with GUITU_DATA_FOLDER.`);

function asRole(url: string, role: ServiceRole, dataFolder: string): string {
  if (!existsSync(path.join(dataFolder, 'keys', 'role-passwords.json'))) throw noService(dataFolder);
  const changed = new URL(url);
  changed.username = role;
  changed.password = rolePasswords(dataFolder)[role].reveal();
  return changed.toString();
}

type KeyDatabase = (url: string) => ReturnType<typeof openDatabase>;

async function keyringOf(settings: Settings, open: KeyDatabase, urlFor: (role: ServiceRole) => string): Promise<Keyring> {
  const keyFile = settings.keyFile ?? path.join(settings.dataFolder, 'keys', 'key-encryption-key');
  if (!existsSync(keyFile)) throw new CannotOpen('folder-unusable', `There is no key file ${keyFile}; without it no personal value opens.`);
  return Keyring.open({ store: sqlKeyStore(open(urlFor('guitu_keys'))), keyEncryptionKey: await openKeyFile(keyFile) });
}
