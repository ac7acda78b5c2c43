import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';

/** What a sandbox token says; the agency comes from the token alone. */
export type TokenFor = Readonly<{ agency: string; role: 'staff' | 'registrar' | 'auditor'; user?: string }>;

/** Signs tokens for invented agencies. Exists only in sandbox mode: a live service never trusts its key. */
export type SandboxIssuer = Readonly<{
  /** The public key, as the service trusts it. */
  jwks: Readonly<{ keys: readonly JWK[] }>;
  /** A token that is good for a day. */
  token: (whose: TokenFor) => Promise<string>;
}>;

export const sandboxIssuerName = 'guitu-sandbox';
const TOKEN_LIFE = '24h';
const algorithm = 'EdDSA';

const keyFile = (dataFolder: string): string => path.join(dataFolder, 'sandbox', 'issuer-key.json');

/** Whether a sandbox has run on this data folder. */
export const hasSandboxIssuer = (dataFolder: string): boolean => existsSync(keyFile(dataFolder));

/** Opens the issuer's key in the data folder, or makes it at the first call. */
export async function openSandboxIssuer(dataFolder: string, audience = 'guitu-api'): Promise<SandboxIssuer> {
  const file = keyFile(dataFolder);
  const stored = existsSync(file) ? readKey(file) : await makeKey(file);
  const privateKey = (await importJWK(stored, algorithm)) as CryptoKey;
  const { kty, crv, x } = stored as Required<Pick<JWK, 'kty' | 'crv' | 'x'>>;
  const publicKey: JWK = { kty, crv, x, kid: 'sandbox', alg: algorithm, use: 'sig' };
  return {
    jwks: { keys: [publicKey] },
    token: ({ agency, role, user = 'sandbox-user' }) =>
      new SignJWT({ agency, role, client_id: 'sandbox' })
        .setProtectedHeader({ alg: algorithm, kid: 'sandbox' })
        .setSubject(user)
        .setIssuer(sandboxIssuerName)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(TOKEN_LIFE)
        .sign(privateKey),
  };
}

function readKey(file: string): JWK {
  if ((statSync(file).mode & 0o077) !== 0) throw new Error(`The sandbox issuer's key ${file} is readable by others; give it mode 0600.`);
  return JSON.parse(readFileSync(file, 'utf8')) as JWK;
}

async function makeKey(file: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(jwk), { mode: 0o600, flag: 'wx' });
  return jwk;
}
