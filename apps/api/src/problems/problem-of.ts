import { AuditUnavailable } from '@guitu/disclosure';
import { AppendTooLarge, LogUnavailable, OutcomeUnknown, VersionConflict } from '@guitu/event-log';
import { InProgress, KeyReused, StaleVersion } from '@guitu/history';
import { CannotSeal } from '@guitu/personal-data';
import { Refusal, refusals } from '@guitu/rescue';
import { codeOfRefusal, meaningOf, statusOfRefusal } from './problem-codes';
import { Problem } from './problem';

const RETRY_SECONDS = '1';
const retry = { headers: { 'retry-after': RETRY_SECONDS } };

/** The problem that an error is to the caller. What nobody expected is `internal-error`, without a word of what it was. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal) return problemOfRefusal(error);
  if (error instanceof KeyReused) return new Problem('idempotency-key-reused');
  if (error instanceof StaleVersion)
    return new Problem('version-conflict', {
      zh: `当前版本为 v${error.current}。`,
      en: `The stream is at version v${error.current}.`,
      members: { currentVersion: error.current },
      headers: { etag: `"v${error.current}"` },
    });
  if (error instanceof InProgress) return new Problem('request-in-progress', retry);
  if (error instanceof VersionConflict)
    return new Problem('store-unavailable', {
      ...retry,
      zh: '该个案正被频繁写入，请稍后重试。',
      en: 'Others write to this stream too fast; try again.',
    });
  if (error instanceof AuditUnavailable) return new Problem('audit-unavailable', retry);
  if (error instanceof LogUnavailable) return new Problem('store-unavailable', retry);
  if (error instanceof OutcomeUnknown) return new Problem('outcome-unknown', retry);
  if (error instanceof AppendTooLarge || error instanceof CannotSeal) return new Problem('payload-too-large');
  if (isDatabaseOut(error)) return new Problem('store-unavailable', retry);
  return problemOfFramework(error) ?? new Problem('internal-error');
}

/** SQLSTATE of a database that cannot work now: no connection, no room, shutting down, read-only, a fault of its disk. */
const databaseOut = /^(08[0-9A-Z]{3}|53[0-9A-Z]{3}|57P[0-9A-Z]{2}|58[0-9A-Z]{3}|25006)$/;
const unreachable: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE']);

/** Keys and read models lie in the database too, and their errors come as the driver has them. */
function isDatabaseOut(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' && (databaseOut.test(code) || unreachable.has(code));
}

/** Seven digits in a row, or a telephone number with separators: longer than any division, year or day that a rule speaks of. */
const somebodysNumber = /\d{7}|\d{3}[^\dA-Za-z]\d{4}[^\dA-Za-z]\d{4}/;

/** A rule may name the id that it was given, and an id may hold whatever its caller put there: then the title of the code says enough. */
const messageOf = ({ code, message }: Refusal): string => (somebodysNumber.test(message) ? meaningOf(codeOfRefusal(code)).en : message);

/** A rule said no. Pointers of rules point into the command's data, save those of the envelope. */
function problemOfRefusal(refusal: Refusal): Problem {
  const { code, detail } = refusal;
  const message = messageOf(refusal);
  const { pointer, allowed, missing, expected } = detail;
  const inEnvelope = pointer === '/occurredAt' || pointer === '/backfillReason';
  const place = pointer === undefined ? undefined : inEnvelope ? pointer : `/data${pointer}`;
  return new Problem(codeOfRefusal(code), {
    status: statusOfRefusal(code),
    zh: `${refusals[code]}。`,
    en: message,
    members: {
      refusal: code,
      ...(allowed === undefined ? {} : { allowed }),
      ...(missing === undefined ? {} : { missing }),
      ...(expected === undefined ? {} : { expected }),
    },
    ...(place === undefined ? {} : { faults: [{ pointer: place, rule: code, message }] }),
  });
}

const frameworkCodes: Readonly<Record<string, Problem['code']>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body-required',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported-media-type',
  FST_ERR_BAD_URL: 'invalid-identifier',
  FST_ERR_MAX_PARAM_LENGTH: 'invalid-identifier',
  FST_ERR_NOT_FOUND: 'not-found',
};

function problemOfFramework(error: unknown): Problem | undefined {
  const { code, status, statusCode, getStatus } = error as {
    code?: unknown;
    status?: unknown;
    statusCode?: unknown;
    getStatus?: () => number;
  };
  if (typeof code === 'string' && Object.hasOwn(frameworkCodes, code)) return new Problem(frameworkCodes[code]!);
  const known = typeof getStatus === 'function' ? getStatus.call(error) : (statusCode ?? status);
  if (known === 404) return new Problem('not-found');
  if (known === 408) return new Problem('request-timeout');
  if (known === 413) return new Problem('payload-too-large');
  if (known === 415) return new Problem('unsupported-media-type');
  return undefined;
}
