import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const issuerName = 'faults';

/** A throwaway issuer: the file of its public key in `folder`, and a function that signs tokens. */
export async function makeIssuer(folder) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  mkdirSync(folder, { recursive: true });
  const jwksFile = path.join(folder, 'jwks.json');
  writeFileSync(jwksFile, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'faults', alg: 'EdDSA', use: 'sig' }] }));
  const token = (agency, role) =>
    new SignJWT({ agency, role, client_id: 'faults' })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'faults' })
      .setSubject('faults')
      .setIssuer(issuerName)
      .setAudience('guitu-api')
      .setIssuedAt()
      .setExpirationTime('55m')
      .sign(privateKey);
  return { jwksFile, token };
}
