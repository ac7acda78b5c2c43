/**
 * Canonical JSON (RFC 8785) of a JSON value: members in the order of their names' UTF-16 units, numbers and texts as ECMAScript writes them.
 * Absent members (`undefined`) are left out. The same text as the package `canonicalize` gives, in a fraction of the time.
 *
 * @throws RangeError for a number that JSON does not have
 */
export function canonicalText(value: object | string | number | boolean | null): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('JSON has no infinite numbers and no NaN.');
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? textOfList(value as readonly JsonMember[]) : textOfObject(value as Readonly<Record<string, JsonMember>>);
}

type JsonMember = object | string | number | boolean | null | undefined;

function textOfList(list: readonly JsonMember[]): string {
  let text = '[';
  for (let index = 0; index < list.length; index += 1) text += `${index === 0 ? '' : ','}${canonicalText(list[index] ?? null)}`;
  return `${text}]`;
}

function textOfObject(object: Readonly<Record<string, JsonMember>>): string {
  let text = '{';
  for (const name of inOrder(Object.keys(object))) {
    const member = object[name];
    if (member !== undefined) text += `${text === '{' ? '' : ','}${quoted(name)}:${canonicalText(member)}`;
  }
  return `${text}}`;
}

/** Texts without quotes, backslashes, control characters and halves of pairs stand as they are; asking that is cheaper than writing them anew. */
const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text));
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** Most objects are written in order already, and looking is cheaper than sorting. */
function inOrder(names: string[]): string[] {
  for (let index = 1; index < names.length; index += 1) if (names[index - 1]! > names[index]!) return names.sort();
  return names;
}
