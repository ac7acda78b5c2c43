import { createHash } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import type { Role } from '@guitu/rescue';
import type { Caller } from './caller';
import { holdsIdNumber } from './id-number';
import type { Jwks } from './jwks';

/** What a token must be: one issuer, one audience, a short life. */
export type TokenRules = Readonly<{
  issuer: string;
  audience: string;
  /** The longest life, from `iat` to `exp`: an hour; a day in a sandbox. */
  maxLifeSeconds: number;
}>;
export const liveTokenLifeSeconds = 60 * 60;
export const sandboxTokenLifeSeconds = 24 * 60 * 60;

/** The token proves nothing; the reason is for the log alone, the caller learns only that it is not valid. */
export class InvalidToken extends Error {
  constructor(readonly reason: string) {
    super('The token is not valid.');
    this.name = 'InvalidToken';
  }
}

const algorithms = ['EdDSA', 'Ed25519', 'ES256'];
const knownHeaders: ReadonlySet<string> = new Set(['alg', 'kid', 'typ']);
const kidPattern = /^[A-Za-z0-9_-]{1,128}$/;
const agencyPattern = /^[A-Za-z0-9][A-Za-z0-9-]{1,63}$/;
const userPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const clientPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
/** The roles that a token can give; `system` is Guitu itself and comes with no token. */
const roles: readonly Role[] = ['staff', 'registrar', 'auditor'];
const CLOCK_TOLERANCE_SECONDS = 5;
const MAX_TOKEN_CHARACTERS = 8_192;

/** Checks a token against the issuer's keys. @throws InvalidToken */
export async function verifyToken(
  token: string,
  jwks: Jwks,
  rules: TokenRules,
  now: Date = new Date(),
): Promise<Caller & Readonly<{ until: number }>> {
  checkHeader(token);
  const { payload } = await verified(token, jwks, { rules, now });
  const { iat, exp, aud } = payload;
  if (typeof aud !== 'string') throw new InvalidToken('aud is not one audience');
  if (iat === undefined || exp === undefined || exp - iat > rules.maxLifeSeconds || exp <= iat) throw new InvalidToken('life');
  if (iat > now.getTime() / 1000 + CLOCK_TOLERANCE_SECONDS) throw new InvalidToken('iat');
  return { ...callerOf(payload), until: exp * 1000 };
}

async function verified(
  token: string,
  jwks: Jwks,
  { rules, now }: Readonly<{ rules: TokenRules; now: Date }>,
): Promise<{ payload: JWTPayload }> {
  try {
    return await jwtVerify(token, jwks, {
      algorithms,
      issuer: rules.issuer,
      audience: rules.audience,
      requiredClaims: ['exp', 'iat', 'sub', 'aud', 'iss'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: now,
    });
  } catch (error) {
    throw new InvalidToken(error instanceof Error && 'code' in error ? String(error.code) : 'unreadable');
  }
}

/** Nothing in a header may say where a key lies; only the algorithms of the list, only a plain key name. */
function checkHeader(token: string): void {
  if (token.length > MAX_TOKEN_CHARACTERS) throw new InvalidToken('length');
  let header: Readonly<Record<string, unknown>>;
  try {
    header = decodeProtectedHeader(token) as Record<string, unknown>;
  } catch {
    throw new InvalidToken('header');
  }
  if (Object.keys(header).some((name) => !knownHeaders.has(name))) throw new InvalidToken('header parameter');
  if (!algorithms.includes(String(header['alg']))) throw new InvalidToken('alg');
  if (header['kid'] !== undefined && !(typeof header['kid'] === 'string' && kidPattern.test(header['kid']))) throw new InvalidToken('kid');
}

function callerOf(payload: JWTPayload): Caller {
  const { sub, agency, role } = payload;
  const client = payload['azp'] ?? payload['client_id'];
  if (!isText(agency, agencyPattern) || holdsIdNumber(agency)) throw new InvalidToken('agency');
  if (!isText(sub, userPattern) || holdsIdNumber(sub)) throw new InvalidToken('sub');
  if (!isText(client, clientPattern) || holdsIdNumber(client)) throw new InvalidToken('client');
  if (!roles.includes(role as Role)) throw new InvalidToken('role');
  return { agency, user: sub, client, role: role as Role };
}

const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);

/** How many verified tokens are remembered, and for how long at most: a key that was withdrawn is forgotten within that time. */
export const tokenCacheLimits = { tokens: 10_000, rememberMs: 60_000 } as const;

/** Checks tokens and remembers the good ones for a short while, so that a caller's next request costs no signature. Keeps digests, never tokens. */
export class TokenCheck {
  private readonly remembered = new Map<string, Readonly<{ caller: Caller; until: number }>>();

  constructor(
    private readonly jwks: Jwks,
    private readonly rules: TokenRules,
    private readonly now: () => number = Date.now,
  ) {}

  /** The caller, without waiting, when the token was verified a moment ago. */
  findRemembered(token: string): Caller | undefined {
    const found = this.remembered.get(digestOf(token));
    return found !== undefined && found.until > this.now() ? found.caller : undefined;
  }

  /** @throws InvalidToken */
  async verify(token: string): Promise<Caller> {
    const known = this.findRemembered(token);
    if (known !== undefined) return known;
    const now = this.now();
    const { until, ...caller } = await verifyToken(token, this.jwks, this.rules, new Date(now));
    this.remember(token, caller, Math.min(until, now + tokenCacheLimits.rememberMs));
    return caller;
  }

  private remember(token: string, caller: Caller, until: number): void {
    if (this.remembered.size >= tokenCacheLimits.tokens) {
      const oldest = this.remembered.keys().next();
      if (oldest.done !== true) this.remembered.delete(oldest.value);
    }
    const key = digestOf(token);
    this.remembered.delete(key);
    this.remembered.set(key, { caller, until });
  }
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
