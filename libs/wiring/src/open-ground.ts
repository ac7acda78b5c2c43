import path from 'node:path';
import { openDatabase, type EventLog } from '@guitu/event-log';
import { ownerHere, soleLeases, sqlLeases, type Leases } from '@guitu/leases';
import { openReadModels, type ReadModels } from '@guitu/read-models';
import type { Instant } from '@guitu/rescue';
import { HandMovedClock, wallClock } from '@guitu/sandbox';
import { toMilliseconds } from '@guitu/standards';
import { openDataFolder } from './data-folder';
import { identityOf, openChosenLog } from './open-chosen-log';
import { openMigratedDatabase, type OpenedDatabase } from './open-database';
import type { Settings } from './settings';

const READ_POOL = 6;
const LEASE_POOL = 2;
/** A lease that cannot be asked for in this time counts as not held. */
const LEASE_STATEMENT_MS = 5_000;

/** What everybody needs who follows the log; no keys. Only this room knows which infrastructure stands behind it. */
export type Ground = Readonly<{
  settings: Settings;
  log: EventLog;
  readModels: ReadModels;
  /** Who may do what only one process does at a time. */
  leases: Leases;
  /** The recording moment. */
  now: () => Instant;
  /** Present in sandbox mode only. */
  handMovedClock?: HandMovedClock;
  close: () => Promise<void>;
}>;

/** What is closed again with the house, last opened first. */
export type Closing = Readonly<{ add: <T extends { close(): Promise<void> }>(opened: T) => T; all: () => Promise<void> }>;

/**
 * Opens database, log and read models for these settings.
 * @throws CannotOpen, CannotStart, StoreNotDurable, StoreNotSafe, StoreNotMigrated, ForeignMigration, AnotherLog: each a sentence for its operator
 */
export async function openGround(settings: Settings): Promise<Ground> {
  const { ground } = await openGroundAnd(settings, () => Promise.resolve({}));
  return ground;
}

/** The same, and what stands on it: when that cannot be opened, everything is closed again. */
export async function openGroundAnd<T>(
  settings: Settings,
  more: (ground: Ground, database: OpenedDatabase, closing: Closing) => Promise<T>,
): Promise<Readonly<{ ground: Ground; more: T }>> {
  openDataFolder(settings.dataFolder, settings.mode);
  const closing = closingOf();
  try {
    const database = await openMigratedDatabase(settings);
    closing.add({ close: database.stop });
    const ground = await groundOn(settings, database, closing);
    return { ground, more: await more(ground, database, closing) };
  } catch (error) {
    await closing.all();
    throw error;
  }
}

async function groundOn(settings: Settings, database: OpenedDatabase, closing: Closing): Promise<Ground> {
  const clock = settings.mode === 'sandbox' ? new HandMovedClock(path.join(settings.dataFolder, 'sandbox', 'clock')) : undefined;
  const stamped = clock === undefined ? {} : { clock: () => new Date(toMilliseconds(clock.now())).toISOString() };
  const log = closing.add(await openChosenLog(settings, { postgresUrl: () => database.urlFor('guitu_log'), ...stamped }));
  const readModels = closing.add(await openReadModels({ url: database.urlFor('guitu_read'), poolSize: READ_POOL }));
  await readModels.mustFollow(await identityOf(settings, log));
  return {
    settings,
    log,
    readModels,
    leases: database.embedded ? soleLeases : leasesIn(database, settings, closing),
    now: clock === undefined ? wallClock : (): Instant => clock.now(),
    ...(clock === undefined ? {} : { handMovedClock: clock }),
    close: closing.all,
  };
}

function leasesIn(database: OpenedDatabase, { leaseSeconds: seconds }: Settings, closing: Closing): Leases {
  const connectionString = database.urlFor('guitu_read');
  const statements = openDatabase({ connectionString, poolSize: LEASE_POOL, statementTimeoutMs: LEASE_STATEMENT_MS });
  return sqlLeases({ database: closing.add(statements), owner: ownerHere(), seconds });
}

function closingOf(): Closing {
  const opened: { close(): Promise<void> }[] = [];
  return {
    add: (one) => {
      opened.push(one);
      return one;
    },
    all: async () => {
      for (const one of opened.splice(0).reverse()) await one.close();
    },
  };
}
