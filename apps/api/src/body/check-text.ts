import { Problem } from '../problems/problem';

/**
 * Characters that no text of a record holds: control characters save tab and line ends, invisible and direction-changing ones, line separators,
 * private use, non-characters, halves of pairs. Rare Han, variation selectors and the dot of minority names are welcome.
 */
const forbidden =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u115f\u1160\u3164\uffa0]/u;
const halfOfPair = /\p{Cs}/u;

/** Whether any text of this body needs a look: something unusual stands in it, or an escape could hide it. */
export const isSuspicious = (body: string): boolean => body.includes('\\') || forbidden.test(body);

/** @throws Problem invalid-unicode naming the place and the rule: `surrogate`, `nul` or `control` */
export function checkText(text: string, pointer: string): void {
  if (!forbidden.test(text)) return;
  const rule = halfOfPair.test(text) ? 'surrogate' : text.includes('\u0000') ? 'nul' : 'control';
  throw new Problem('invalid-unicode', { faults: [{ pointer, rule, message: messages[rule] }] });
}

const messages = {
  surrogate: 'Half of a character pair stands alone.',
  nul: 'A text holds the character NUL.',
  control: 'A text holds control, invisible, direction-changing or private-use characters.',
} as const;
