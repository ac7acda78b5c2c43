import { isSealedValue, openTree, type Keyring } from '@guitu/personal-data';

/** What stands in the place of a personal value that was not opened. */
export type Concealed = Readonly<{ sealed: string; erased?: true }>;

/** How personal values appear: kept shut, or opened for a stated reason. */
export type Disclosure = Readonly<{ open: false }> | Readonly<{ open: true; reason: string; keyring: Keyring }>;
export const keepShut: Disclosure = { open: false };

/** The same tree with every personal value opened, or with its class in its place. */
export async function disclose(tree: unknown, disclosure: Disclosure): Promise<unknown> {
  return disclosure.open ? openTree(disclosure.keyring, tree) : conceal(tree);
}

export function conceal(tree: unknown): unknown {
  if (isSealedValue(tree)) return concealed(tree.$sealed);
  if (Array.isArray(tree)) return tree.map(conceal);
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, inner]) => [key, conceal(inner)]));
}

const concealed = ({ c, ciphertext }: Readonly<{ c: string; ciphertext: string | null }>): Concealed =>
  ciphertext === null ? { sealed: c, erased: true } : { sealed: c };

/** One value as a reader sees it: 〔identity〕 for what is shut, 〔已销毁〕 for what was erased. */
export function valueInWords(value: unknown): string {
  if (value === null) return '无';
  if (Array.isArray(value)) return value.map(valueInWords).join('、');
  if (typeof value !== 'object') return String(value);
  if ('sealed' in value) return `〔${String(value.sealed)}${'erased' in value ? ' 已销毁' : ''}〕`;
  if ('erased' in value) return '〔已销毁〕';
  return Object.entries(value)
    .map(([key, inner]) => `${key}=${valueInWords(inner)}`)
    .join('，');
}
