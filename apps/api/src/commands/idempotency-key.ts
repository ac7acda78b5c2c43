import { holdsIdNumber } from '@guitu/access';
import { Problem } from '../problems/problem';

const pattern = /^[A-Za-z0-9_-]{16,128}$/;

/** The caller's `Idempotency-Key`: 16 to 128 letters, digits, `_` and `-`, no ID number inside. @throws Problem */
export function readIdempotencyKey(header: string | string[] | undefined): string {
  if (header === undefined) throw new Problem('idempotency-key-required');
  if (typeof header !== 'string' || !pattern.test(header) || holdsIdNumber(header))
    throw new Problem('idempotency-key-invalid', {
      zh: '幂等键须为 16 至 128 个字母、数字、下划线或连字符，且不得含身份证号。',
      en: 'It has 16 to 128 letters, digits, _ and -, and no ID number inside.',
    });
  return header;
}

const entityTag = /^"v(0|[1-9]\d{0,9})"$/;

/** The version that `If-Match` names; undefined when the caller does not care. @throws Problem */
export function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const version = entityTag.exec(header)?.[1];
  if (version === undefined)
    throw new Problem('precondition-invalid', { zh: 'If-Match 须形如 "v7"。', en: 'If-Match is one tag like "v7".' });
  return Number(version);
}
