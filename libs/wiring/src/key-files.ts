import { existsSync } from 'node:fs';
import path from 'node:path';
import { openKeyFile, UnsafeKeyFile, type KeyEncryptionKeys, type WrappedKeys } from '@guitu/personal-data';
import type { Settings } from './settings';

type Named = Pick<Settings, 'keyFile' | 'erasureLedger' | 'dataFolder'>;

/** Where the key-encryption key lies. */
export const keyFileOf = ({ keyFile, dataFolder }: Named): string => keyFile ?? path.join(dataFolder, 'keys', 'key-encryption-key');

/** Where the erasure ledger lies. */
export const erasureLedgerOf = ({ erasureLedger, dataFolder }: Named): string =>
  erasureLedger ?? path.join(dataFolder, 'erasure-ledger', 'ledger.jsonl');

/**
 * The key-encryption keys of a service, made at its first start. A new one beside a key store that is full, such as a restored one, would only hide that
 * the right one is missing. @throws UnsafeKeyFile
 */
export async function openKeyFileFor(settings: Named, store: WrappedKeys): Promise<KeyEncryptionKeys> {
  const file = keyFileOf(settings);
  // Asked for first: who has stored keys had made the file before.
  const [stored] = await store.serviceKeys();
  if (stored !== undefined && !existsSync(file))
    throw new UnsafeKeyFile(
      `the key file ${file} is not there, and the stored keys belong to the key-encryption key ${stored.kekId}; put its file back in place`,
    );
  return openKeyFile(file);
}
