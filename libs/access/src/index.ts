export type { Caller } from './caller';
export { openJwks, UnusableJwks, type Jwks, type JwksSource } from './jwks';
export {
  InvalidToken,
  liveTokenLifeSeconds,
  sandboxTokenLifeSeconds,
  TokenCheck,
  tokenCacheLimits,
  verifyToken,
  type TokenRules,
} from './verify-token';
export {
  denialAt,
  mayCommand,
  mayRead,
  opennessOf,
  readingRuleOf,
  type Denial,
  type Openness,
  type Parties,
  type ReadingRule,
  type RoutePolicy,
} from './policy';
export { holdsIdNumber } from './id-number';
