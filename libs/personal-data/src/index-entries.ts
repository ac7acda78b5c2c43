export const indexKinds = ['id-number', 'phone', 'alias'] as const;

/** By what a person can be looked up. */
export type IndexKind = (typeof indexKinds)[number];

/**
 * The text under which a value is kept in the index: the same for every way of writing it. Empty list where nothing of it can be looked up.
 *
 * - all: full-width forms become plain ones (NFKC), spaces around are cut
 * - `id-number`: separators away, capital X; any other document number as it is, in capitals
 * - `phone`: digits alone, without +86 or 0086; other countries begin with 00
 * - `alias`: one space between words, none between Chinese characters, capitals, one kind of middle dot
 */
export function indexEntries(kind: IndexKind, value: string): readonly string[] {
  const text = normalise[kind](value.normalize('NFKC').trim());
  return text === '' ? [] : [text];
}

const normalise: Readonly<Record<IndexKind, (text: string) => string>> = {
  'id-number': (text) => text.replace(/[\s.·\-‐-―_/]/gu, '').toUpperCase(),
  phone: (text) => withinTheCountry(text.replace(/(?!^)\+|[^\d+]/gu, '').replace(/^\+/u, '00')),
  alias: (text) =>
    text
      .replace(/\s*[·•‧∙⋅・]\s*/gu, '·')
      .replace(/\s+/gu, ' ')
      .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
      .toUpperCase(),
};

const mobile = /^1[3-9]\d{9}$/;

/** A mobile number, or a number with its trunk zero: what one would dial inside the country. */
function withinTheCountry(digits: string): string {
  if (!digits.startsWith('0086')) return mobile.test(digits.slice(2)) && digits.startsWith('86') ? digits.slice(2) : digits;
  const rest = digits.slice('0086'.length);
  return /^(0|1|[48]00|$)/.test(rest) ? rest : `0${rest}`;
}
