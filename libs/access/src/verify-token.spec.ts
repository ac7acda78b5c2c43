import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK, type JWTHeaderParameters } from 'jose';
import { InvalidToken, openJwks, TokenCheck, UnusableJwks, verifyToken, type Jwks } from './index';

const rules = { issuer: 'issuer', audience: 'guitu-api', maxLifeSeconds: 3_600 };
const now = new Date('2026-11-21T04:00:00Z');
const seconds = Math.floor(now.getTime() / 1000);
const claims = {
  agency: 'taicang-station',
  role: 'staff',
  azp: 'desk-1',
  sub: 'A0017',
  iss: 'issuer',
  aud: 'guitu-api',
  iat: seconds,
  exp: seconds + 600,
};

let key: CryptoKey;
let otherKey: CryptoKey;
let publicKey: JWK;
let jwks: Jwks;

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  key = pair.privateKey;
  otherKey = (await generateKeyPair('EdDSA')).privateKey;
  publicKey = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'EdDSA' };
  jwks = openJwks({ keys: [publicKey] });
});

const sign = (changed: object = {}, header: object = {}, by: CryptoKey = key): Promise<string> =>
  new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: 'EdDSA', kid: 'k1', ...header } as JWTHeaderParameters).sign(by);

const reasonOf = async (token: string): Promise<string> => {
  try {
    await verifyToken(token, jwks, rules, now);
  } catch (error) {
    if (error instanceof InvalidToken) return error.reason;
    throw error;
  }
  return 'accepted';
};

describe('a token', () => {
  it('names agency, user, client and role, and nothing else is believed', async () => {
    const caller = await verifyToken(await sign({ name: '王二喜' }), jwks, rules, now);
    expect(caller).toEqual({ agency: 'taicang-station', user: 'A0017', client: 'desk-1', role: 'staff', until: (seconds + 600) * 1000 });
  });

  it('may name its client as client_id', async () => {
    const token = await sign({ azp: undefined, client_id: 'desk-2' });
    expect((await verifyToken(token, jwks, rules, now)).client).toBe('desk-2');
  });

  it('may be signed with ES256', async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const keys = openJwks({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k2', alg: 'ES256' }] });
    const token = await sign({}, { alg: 'ES256', kid: 'k2' }, pair.privateKey);
    expect((await verifyToken(token, keys, rules, now)).agency).toBe('taicang-station');
  });

  it.each([
    ['another issuer', { iss: 'somebody' }],
    ['another audience', { aud: 'other-api' }],
    ['a list of audiences', { aud: ['guitu-api', 'other-api'] }],
    ['no end', { exp: undefined }],
    ['no beginning', { iat: undefined }],
    ['an end that has passed', { iat: seconds - 900, exp: seconds - 300 }],
    ['a life of 30 days', { exp: seconds + 30 * 86_400 }],
    ['a life of an hour and a second', { exp: seconds + 3_601 }],
    ['a beginning in the future', { iat: seconds + 300 }],
    ['nbf ahead', { nbf: seconds + 300 }],
    ['no agency', { agency: undefined }],
    ['an agency that is no name', { agency: '../taicang' }],
    ['a list of agencies', { agency: ['taicang-station'] }],
    ['no user', { sub: undefined }],
    ['an ID number as user', { sub: '110101199003070011' }],
    ['an ID number inside the user', { sub: 'u-11010119900307001X' }],
    ['a name as user', { sub: '王二喜' }],
    ['an ID number as agency', { agency: '110101199003070011' }],
    ['no client', { azp: undefined }],
    ['no role', { role: undefined }],
    ['the role of the system', { role: 'system' }],
    ['an unknown role', { role: 'administrator' }],
  ])('with %s is not valid', async (_what, changed) => {
    expect(await reasonOf(await sign(changed))).not.toBe('accepted');
  });

  it.each([
    ['jku', { jku: 'https://evil.example/keys' }],
    ['x5u', { x5u: 'https://evil.example/cert' }],
    ['jwk', { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AA' } }],
    ['crit', { crit: ['b64'], b64: true }],
    ['a path as kid', { kid: '../../etc/passwd' }],
  ])('with %s in its header is refused before any key is looked for', async (_what, header) => {
    const [, payload, signature] = (await sign()).split('.');
    const protectedHeader = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'k1', ...header })).toString('base64url');
    expect(['header parameter', 'kid']).toContain(await reasonOf(`${protectedHeader}.${payload}.${signature}`));
  });

  it('with alg none is not valid', async () => {
    expect(await reasonOf(new UnsecuredJWT(claims).encode())).toBe('alg');
  });

  it('signed with HS256 and the public key as secret is not valid', async () => {
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(Buffer.from(JSON.stringify(publicKey)));
    expect(await reasonOf(token)).toBe('alg');
  });

  it('signed with another key is not valid', async () => {
    expect(await reasonOf(await sign({}, {}, otherKey))).toBe('ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
  });

  it.each(['', 'a', 'a.b.c', '....', 'x'.repeat(10_000)])('that is no token is not valid', async (text) => {
    expect(await reasonOf(text)).not.toBe('accepted');
  });
});

describe('the check of tokens', () => {
  it('remembers a good token until a minute passed, or it ends', async () => {
    let clock = now.getTime();
    const check = new TokenCheck(jwks, rules, () => clock);
    const token = await sign({ exp: seconds + 30 });
    expect(check.findRemembered(token)).toBeUndefined();
    await check.verify(token);
    expect(check.findRemembered(token)?.agency).toBe('taicang-station');
    clock += 31_000;
    expect(check.findRemembered(token)).toBeUndefined();
    clock += 10_000;
    await expect(check.verify(token)).rejects.toThrow(InvalidToken);
  });

  it('remembers no bad token', async () => {
    const check = new TokenCheck(jwks, rules, () => now.getTime());
    const token = await sign({}, {}, otherKey);
    await expect(check.verify(token)).rejects.toThrow(InvalidToken);
    expect(check.findRemembered(token)).toBeUndefined();
  });
});

describe('a key set', () => {
  const file = (text: string): string => {
    const name = path.join(mkdtempSync(path.join(tmpdir(), 'jwks-')), 'jwks.json');
    writeFileSync(name, text);
    return name;
  };

  it('is read from a file', async () => {
    const fromFile = openJwks({ file: file(JSON.stringify({ keys: [publicKey] })) });
    expect((await verifyToken(await sign(), fromFile, rules, now)).user).toBe('A0017');
  });

  it.each(['', '[]', '{"keys":[]}', '{"keys":[{"kty":"OKP","d":"secret"}]}', '{"keys":[{"kty":"oct","k":"AA"}]}'])(
    'that is empty or holds secrets is refused: %s',
    (text) => {
      expect(() => openJwks({ file: file(text) })).toThrow(UnusableJwks);
    },
  );
});
