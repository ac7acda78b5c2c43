import path from 'node:path';
import type { Settings } from './settings';

type Named = Pick<Settings, 'keyFile' | 'erasureLedger' | 'dataFolder'>;

/** Where the key-encryption key lies. */
export const keyFileOf = ({ keyFile, dataFolder }: Named): string => keyFile ?? path.join(dataFolder, 'keys', 'key-encryption-key');

/** Where the erasure ledger lies. */
export const erasureLedgerOf = ({ erasureLedger, dataFolder }: Named): string =>
  erasureLedger ?? path.join(dataFolder, 'erasure-ledger', 'ledger.jsonl');
