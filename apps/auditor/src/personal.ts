import { isSealedValue } from '@guitu/personal-data';
import type { TerminalGate } from './at-the-terminal';

/** What stands in the place of a personal value that was not opened. */
export type Concealed = Readonly<{ sealed: string; erased?: true }>;

/** How personal values appear: kept shut, or opened through the gate for a stated reason. */
export type Disclosure = Readonly<{ open: false }> | (Readonly<{ open: true; reason: string }> & TerminalGate);
export const keepShut: Disclosure = { open: false };

/** The same trees of one stream with their personal values opened, in one record of reading, or with the class of each in its place. */
export async function disclose<T extends object>(stream: string, trees: readonly T[], disclosure: Disclosure): Promise<readonly T[]> {
  if (!disclosure.open) return trees.map((tree) => conceal(tree) as T);
  const opened = await disclosure.gate.open(
    disclosure.reader,
    trees.map((tree) => ({ stream, tree })),
  );
  // The gate changes sealed values alone, whose type is unknown here.
  return opened as readonly T[];
}

export function conceal(tree: unknown): unknown {
  if (isSealedValue(tree)) return concealed(tree.$sealed);
  if (Array.isArray(tree)) return tree.map(conceal);
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, inner]) => [key, conceal(inner)]));
}

const concealed = ({ c, ciphertext }: Readonly<{ c: string; ciphertext: string | null }>): Concealed =>
  ciphertext === null ? { sealed: c, erased: true } : { sealed: c };

/** One value as a reader sees it: 〔identity〕 for what is shut, 〔已销毁〕 for what was erased, 〔限制处理〕 for what is only kept. */
export function valueInWords(value: unknown): string {
  if (value === null) return '无';
  if (Array.isArray(value)) return value.map(valueInWords).join('、');
  if (typeof value !== 'object') return String(value);
  if ('sealed' in value) return `〔${String(value.sealed)}${'erased' in value ? ' 已销毁' : ''}〕`;
  if ('erased' in value) return '〔已销毁〕';
  if ('restricted' in value) return '〔限制处理〕';
  return Object.entries(value)
    .map(([key, inner]) => `${key}=${valueInWords(inner)}`)
    .join('，');
}
