import { refusals, type RefusalCode } from '@guitu/rescue';
import { edgeCodes, meaningOf, statusOfRefusal, type EdgeCode } from './problem-codes';

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

/** The page about errors, made from the closed list of codes. */
export function errorDocs(): string {
  const edge = (Object.keys(edgeCodes) as EdgeCode[]).sort().map((code) => {
    const { status, zh, en } = meaningOf(code);
    return line([`\`${code}\``, status, zh, en]);
  });
  const rules = (Object.keys(refusals) as RefusalCode[]).sort().map((code) => line([`\`${code}\``, statusOfRefusal(code), refusals[code]]));
  return [
    '# Errors / 错误代码',
    '',
    'Made by `node scripts/make-error-docs.mjs` from the lists in the code; do not edit. Every error is `application/problem+json` (RFC 9457) with',
    '`code` from this page, `detail` in Chinese or English by `Accept-Language`, and in `errors` all faults at once (at most 50) with JSON pointers.',
    'A refusal of a rule carries its name in `refusal` too. `validation-failed` is 400 for the shape of a body and 422 for its content.',
    '',
    '## HTTP',
    '',
    line(['Code', 'Status', '中文', 'English']),
    line(['---', '---', '---', '---']),
    ...edge,
    '',
    '## Rules of the domain / 业务规则',
    '',
    line(['Code', 'Status', '中文']),
    line(['---', '---', '---']),
    ...rules,
    '',
  ].join('\n');
}
