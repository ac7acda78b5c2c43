import path from 'node:path';
import { liveTokenLifeSeconds, openJwks, sandboxTokenLifeSeconds, type Jwks, type TokenRules } from '@guitu/access';
import { openDatabase, openPostgresLog, type EventLog } from '@guitu/event-log';
import { CommandDesk } from '@guitu/history';
import { Keyring, openKeyFile, sqlKeyStore } from '@guitu/personal-data';
import { openReadModels, type ReadModels } from '@guitu/read-models';
import type { Instant, World } from '@guitu/rescue';
import { HandMovedClock, openSandboxIssuer, sandboxIssuerName, wallClock } from '@guitu/sandbox';
import { toMilliseconds } from '@guitu/standards';
import { openDataFolder } from './data-folder';
import { DirectoryKeeper } from './directory-keeper';
import { openMigratedDatabase, type OpenedDatabase } from './open-database';
import type { Settings } from './settings';

const KEY_POOL = 4;
const READ_POOL = 6;

/** Which keys and names the service trusts in tokens. */
export type TrustedIssuer = Readonly<{ jwks: Jwks; tokens: TokenRules }>;

/** Everything a process of Guitu works with, opened and checked. Only this file knows which infrastructure stands behind it. */
export type House = Readonly<{
  settings: Settings;
  log: EventLog;
  keyring: Keyring;
  readModels: ReadModels;
  desk: CommandDesk;
  world: () => Promise<World>;
  /** An agency event of this process lies at this position: the next decision sees it. */
  noteAgencyWrite: (position: bigint) => void;
  /** The recording moment. */
  now: () => Instant;
  /** Present in sandbox mode only. */
  handMovedClock?: HandMovedClock;
  trusted: TrustedIssuer;
  close: () => Promise<void>;
}>;

/**
 * Opens the house for these settings.
 * @throws CannotOpen, CannotStart, StoreNotDurable, StoreNotSafe, StoreNotMigrated, UnsafeKeyFile, WrongKeyEncryptionKey: each a sentence for its operator
 */
export async function openHouse(settings: Settings): Promise<House> {
  openDataFolder(settings.dataFolder, settings.mode);
  const closing: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const database = await openMigratedDatabase(settings);
    closing.push(database.stop);
    return await furnish(settings, { database, closing, closeAll });
  } catch (error) {
    await closeAll();
    throw error;
  }
}

type Furniture = Readonly<{ database: OpenedDatabase; closing: (() => Promise<void>)[]; closeAll: () => Promise<void> }>;

async function furnish(settings: Settings, { database, closing, closeAll }: Furniture): Promise<House> {
  const clock = settings.mode === 'sandbox' ? new HandMovedClock(path.join(settings.dataFolder, 'sandbox', 'clock')) : undefined;
  const now = clock === undefined ? wallClock : (): Instant => clock.now();
  const recorded = clock === undefined ? {} : { clock: () => new Date(toMilliseconds(clock.now())).toISOString() };
  const log = await openPostgresLog({ connectionString: database.urlFor('guitu_log'), ...recorded });
  closing.push(() => log.close());
  const keyStore = openDatabase({ connectionString: database.urlFor('guitu_keys'), poolSize: KEY_POOL });
  closing.push(() => keyStore.close());
  const keyEncryptionKey = await openKeyFile(settings.keyFile ?? path.join(settings.dataFolder, 'keys', 'key-encryption-key'));
  const keyring = await Keyring.open({ store: sqlKeyStore(keyStore), keyEncryptionKey });
  const readModels = await openReadModels({ url: database.urlFor('guitu_read'), poolSize: READ_POOL });
  closing.push(() => readModels.close());
  const keeper = new DirectoryKeeper(readModels, now);
  const world = (): Promise<World> => keeper.world();
  return {
    settings,
    log,
    keyring,
    readModels,
    desk: new CommandDesk({ log, keyring, world }),
    world,
    noteAgencyWrite: (position) => keeper.noteOwnWrite(position),
    now,
    ...(clock === undefined ? {} : { handMovedClock: clock }),
    trusted: await trustedIssuer(settings),
    close: closeAll,
  };
}

/** Without a configured issuer nobody is trusted: every token is refused. */
const nobody: Jwks = () => Promise.reject(new Error('No token issuer is configured.'));

async function trustedIssuer(settings: Settings): Promise<TrustedIssuer> {
  const { tokenIssuer: issuer, tokenAudience: audience, jwksFile, jwksUrl } = settings;
  if (settings.mode === 'sandbox') {
    const sandbox = await openSandboxIssuer(settings.dataFolder, audience);
    return { jwks: openJwks(sandbox.jwks), tokens: { issuer: sandboxIssuerName, audience, maxLifeSeconds: sandboxTokenLifeSeconds } };
  }
  const jwks = jwksFile !== undefined ? openJwks({ file: jwksFile }) : jwksUrl !== undefined ? openJwks({ url: jwksUrl }) : nobody;
  return { jwks, tokens: { issuer, audience, maxLifeSeconds: liveTokenLifeSeconds } };
}
