import { readFileSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** Where the issuer's public keys come from: the key set itself, a file, or an address. */
export type JwksSource = Readonly<{ keys: readonly object[] }> | Readonly<{ file: string }> | Readonly<{ url: string | URL }>;

export type Jwks = JWTVerifyGetKey;

const TIMEOUT_MS = 3_000;
const COOLDOWN_MS = 30_000;
const CACHE_MS = 10 * 60_000;

/** The key set of the token issuer is unusable; the message names the file and never a key. */
export class UnusableJwks extends Error {
  constructor(where: string, why: string) {
    super(`The key set ${where} cannot be used: ${why}.`);
    this.name = 'UnusableJwks';
  }
}

/**
 * Opens the issuer's key set: an object or a file is read once, an address is asked when an unknown key comes, at most every 30 seconds. What a
 * token says about where its key lies is never followed.
 * @throws UnusableJwks
 */
export function openJwks(source: JwksSource): Jwks {
  if ('url' in source)
    return createRemoteJWKSet(new URL(source.url), { timeoutDuration: TIMEOUT_MS, cooldownDuration: COOLDOWN_MS, cacheMaxAge: CACHE_MS });
  return createLocalJWKSet('file' in source ? readKeySet(source.file) : checkKeySet(source, 'given'));
}

function readKeySet(file: string): JSONWebKeySet {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UnusableJwks(file, error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read');
  }
  return checkKeySet(parsed, file);
}

function checkKeySet(value: unknown, where: string): JSONWebKeySet {
  const keys = (value as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys) || keys.length === 0) throw new UnusableJwks(where, 'it holds no keys');
  const secret = keys.some((key) => typeof key !== 'object' || key === null || 'd' in key || 'k' in key);
  if (secret) throw new UnusableJwks(where, 'it holds something else than public keys');
  return value as JSONWebKeySet;
}
