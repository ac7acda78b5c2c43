import { holdsIdNumber } from '@guitu/access';
import type { KeywordDefinition } from 'ajv';

const keyword = 'x-in-the-open';

/** Refuses an ID number in a text that is not sealed, such as an id that the caller chooses: it would lie in the log for ever. */
export const openTextKeyword: KeywordDefinition = {
  keyword,
  type: 'string',
  schemaType: 'boolean',
  errors: false,
  validate: (_marked: boolean, text: string) => !holdsIdNumber(text),
};

/** The schema of a command with a mark on every text that is not sealed. What lies below a personal value is sealed with it. */
export function withOpenTextsMarked(schema: object): object {
  const definitions = Object(Object(schema).definitions) as Readonly<Record<string, unknown>>;
  const sealed = new Set<string>();
  eachPersonal(schema, (node) => collectDefinitions(node, definitions, sealed));
  const marked = mark(schema) as Record<string, unknown>;
  const kept = Object.entries(definitions).map(([name, node]) => [name, sealed.has(name) ? node : mark(node)]);
  return kept.length === 0 ? marked : { ...marked, definitions: Object.fromEntries(kept) as unknown };
}

const isNode = (node: unknown): node is Readonly<Record<string, unknown>> => typeof node === 'object' && node !== null;

function eachPersonal(node: unknown, tell: (node: object) => void): void {
  if (!isNode(node)) return;
  if (Object.hasOwn(node, 'x-personal')) tell(node);
  else for (const inner of Object.values(node)) eachPersonal(inner, tell);
}

/** The definitions that a node is made of, however deep. */
function collectDefinitions(node: unknown, definitions: Readonly<Record<string, unknown>>, found: Set<string>): void {
  if (!isNode(node)) return;
  const { $ref } = node;
  const name = typeof $ref === 'string' ? ($ref.split('/').at(-1) ?? '') : '';
  if (name !== '' && !found.has(name)) collectDefinitions(definitions[name], definitions, found.add(name));
  for (const inner of Object.values(node)) collectDefinitions(inner, definitions, found);
}

function mark(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(mark);
  if (!isNode(node) || Object.hasOwn(node, 'x-personal')) return node;
  const inner: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, mark(value)]));
  return inner['type'] === 'string' && inner['enum'] === undefined && inner['format'] !== 'gb11643' ? { ...inner, [keyword]: true } : inner;
}
