// What the benchmarks load the service with: an invented encounter, a token of a throwaway issuer.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const issuer = 'bench';
export const audience = 'guitu-api';

/** Makes an issuer: its JWKS file in `folder`, and a function that signs tokens. */
export async function makeIssuer(folder) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  mkdirSync(folder, { recursive: true });
  const jwksFile = path.join(folder, 'jwks.json');
  writeFileSync(jwksFile, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'EdDSA', use: 'sig' }] }));
  const token = (agency, role) =>
    new SignJWT({ agency, role, client_id: 'bench' })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'bench' })
      .setSubject('bench')
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('55m')
      .sign(privateKey);
  return { jwksFile, token };
}

export const agencies = [
  { agencyId: 'bench-station', kind: 'STATION', name: '测试救助管理站', division: '320585', effectiveFrom: '2000-01-01' },
  { agencyId: 'bench-police', kind: 'POLICE', name: '测试派出所', division: '320585', effectiveFrom: '2000-01-01' },
];

/** An encounter: one case, one event and the duties it opens, several sealed values. */
export const encounter = {
  data: {
    place: { division: '320585', text: '人民南路与新华路路口公交站' },
    source: 'POLICE_PATROL',
    apparentSex: 'MALE',
    apparentAgeBand: 'FROM_19_TO_59',
    conditions: ['MOBILITY'],
    claims: { name: '某甲', home: '安徽省凤阳县' },
  },
};
/** A walk-in: a case of the station's own. */
export const walkIn = { data: { arrivalMode: 'SELF', apparentAgeBand: 'FROM_19_TO_59', causes: ['OTHER'], assistanceStatus: 'UNKNOWN' } };
/** One event on a running case, with two sealed values; it may be recorded as often as somebody looks. */
export const initialCheck = { data: { findings: ['HEALTHY'], action: 'NONE', note: '精神状态良好，无外伤' } };
export const newKey = () => randomUUID();
