import type { EraserParts } from '@guitu/erasure';
import { openDatabase, removeSecrets } from '@guitu/event-log';
import { destructionWaitMs, recordErasure } from '@guitu/personal-data';
import { erasureLedgerOf } from './key-files';
import type { OpenedDatabase } from './open-database';
import type { Closing } from './open-ground';
import type { Settings } from './settings';

const VAULT_POOL = 3;

/** What a custodian works with beside the house: the one login that may take away. Opened by those alone who erase. */
export type Vault = Pick<EraserParts, 'database' | 'recordInLedger' | 'removeSecrets' | 'waitMs' | 'engine'>;

export function openVault(settings: Settings, database: OpenedDatabase, closing: Closing): Vault {
  const ledgerPath = erasureLedgerOf(settings);
  const keyStore = closing.add(openDatabase({ connectionString: database.keysUrlFor('guitu_erasure'), poolSize: VAULT_POOL }));
  return {
    database: keyStore,
    recordInLedger: (entry) => recordErasure(keyStore, ledgerPath, entry),
    // EventStoreDB keeps what it was given until a scavenge: there the ciphertext stays, unreadable.
    ...(settings.eventLog === 'postgres' ? { removeSecrets: removingFrom(database, closing) } : {}),
    engine: settings.eventLog,
    waitMs: destructionWaitMs(settings.keyCacheSeconds * 1_000),
  };
}

function removingFrom(database: OpenedDatabase, closing: Closing): NonNullable<Vault['removeSecrets']> {
  const records = closing.add(openDatabase({ connectionString: database.urlFor('guitu_erasure'), poolSize: 1 }));
  return (stream, digests) => removeSecrets(records, stream, digests);
}
