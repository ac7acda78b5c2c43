import { a256gcm } from './a256gcm';
import { sm4CtrHmacSm3 } from './sm4-ctr-hmac-sm3';
import { sealingSuiteNames, type SealingSuiteName, type Suite } from './suite';

const suites: Readonly<Record<SealingSuiteName, Suite>> = { A256GCM: a256gcm, 'SM4-CTR-HMAC-SM3': sm4CtrHmacSm3 };

export const suiteNamed = (name: SealingSuiteName): Suite => suites[name];

/** The suite that a stored value names; undefined for one that this version does not know. */
export const findSuite = (name: string): Suite | undefined =>
  (sealingSuiteNames as readonly string[]).includes(name) ? suites[name as SealingSuiteName] : undefined;
