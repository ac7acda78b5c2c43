import { liveTokenLifeSeconds, openJwks, sandboxTokenLifeSeconds, type Jwks, type TokenRules } from '@guitu/access';
import { DisclosureGate } from '@guitu/disclosure';
import { countIndexRows, type PlanParts } from '@guitu/erasure';
import { openDatabase } from '@guitu/event-log';
import { AuditTrail, CommandDesk } from '@guitu/history';
import {
  checkErasures,
  Keyring,
  openBlindIndex,
  sqlBlindIndex,
  sqlKeyStore,
  sqlLedgerNote,
  sqlWrappedKeys,
  type BlindIndex,
} from '@guitu/personal-data';
import type { World } from '@guitu/rescue';
import { openSandboxIssuer, sandboxIssuerName } from '@guitu/sandbox';
import { DirectoryKeeper } from './directory-keeper';
import { erasureLedgerOf, openKeyFileFor } from './key-files';
import type { OpenedDatabase } from './open-database';
import { openVault, type Vault } from './open-vault';
import { openGroundAnd, type Closing, type Ground } from './open-ground';
import type { Settings } from './settings';

const KEY_POOL = 4;

/** Which keys and names the service trusts in tokens. */
export type TrustedIssuer = Readonly<{ jwks: Jwks; tokens: TokenRules }>;

/** Everything a process that takes commands works with, opened and checked. */
export type House = Ground &
  Readonly<{
    keyring: Keyring;
    /** The one way by which personal values leave. */
    gate: DisclosureGate;
    /** Records who reads and searches, before anything is told. */
    trail: AuditTrail;
    /** Finds persons by a keyed digest. */
    blindIndex: BlindIndex;
    /** What a dry run of an erasure looks at; opens nothing. */
    keysForPlan: Pick<PlanParts, 'keys' | 'indexRows'>;
    desk: CommandDesk;
    /** For the custodian alone: the login that may take away. */
    openVault: () => Vault;
    world: () => Promise<World>;
    /** An agency event of this process lies at this position: the next decision sees it. */
    noteAgencyWrite: (position: bigint) => void;
    trusted: TrustedIssuer;
  }>;

/**
 * Opens the house for these settings.
 * @throws what openGround throws, ErasuresNotApplied, LedgerMissing, LedgerDamaged, UnsafeLedger, UnsafeKeyFile, WrongKeyEncryptionKey, UnusableJwks: each a sentence for its operator
 */
export async function openHouse(settings: Settings): Promise<House> {
  const { ground, more } = await openGroundAnd(settings, furnish);
  return { ...ground, ...more };
}

async function furnish(ground: Ground, database: OpenedDatabase, closing: Closing): Promise<Omit<House, keyof Ground>> {
  const { settings, log } = ground;
  const keyStore = closing.add(openDatabase({ connectionString: database.keysUrlFor('guitu_keys'), poolSize: KEY_POOL }));
  // Before any key of a person is read: a restored key store may hold those of the erased.
  await checkErasures(sqlLedgerNote(keyStore), erasureLedgerOf(settings));
  const keyEncryptionKey = await openKeyFileFor(settings, sqlWrappedKeys(keyStore));
  const keys = sqlKeyStore(keyStore);
  const keyring = await Keyring.open({
    store: keys,
    keyEncryptionKey,
    suite: settings.sealingSuite,
    limits: { keys: settings.keyCacheKeys, subjects: settings.keyCacheKeys, lifetimeMs: settings.keyCacheSeconds * 1_000 },
  });
  const keeper = new DirectoryKeeper(ground.readModels, ground.now);
  const world = (): Promise<World> => keeper.world();
  const trail = closing.add(new AuditTrail({ log, keyring, world }));
  return {
    keyring,
    gate: new DisclosureGate({ log, keyring, trail }),
    trail,
    keysForPlan: { keys, indexRows: (subjects) => countIndexRows(keyStore, subjects) },
    blindIndex: await openBlindIndex(keyring, sqlBlindIndex(keyStore)),
    desk: new CommandDesk({ log, keyring, world }),
    openVault: () => openVault(settings, database, closing),
    world,
    noteAgencyWrite: (position) => keeper.noteOwnWrite(position),
    trusted: await trustedIssuer(settings),
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
