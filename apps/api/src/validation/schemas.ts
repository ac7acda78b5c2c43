import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A JSON Schema, as far as this room looks into it. */
export type Schema = Readonly<{ [keyword: string]: unknown }>;

/** Texts and lists without a limit of their own. Nothing that somebody sends is endless. */
export const DEFAULT_MAX_LENGTH = 4_000;
export const DEFAULT_MAX_ITEMS = 1_000;

/** The folder `schemas/` of this installation: the nearest one above the given place. */
export function findSchemaFolder(from: string = __dirname): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'schemas');
    if (existsSync(path.join(candidate, 'commands'))) return candidate;
    if (path.dirname(folder) === folder) throw new Error(`There is no folder schemas/commands above ${from}; run \`npm run schemas\`.`);
  }
}

/** The schemas of commands or events by their type; types are unique over all collections. */
export function loadSchemas(what: 'commands' | 'events', folder: string = findSchemaFolder()): ReadonlyMap<string, Schema> {
  const root = path.join(folder, what);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return new Map(
    files.sort().map((name) => [path.basename(name, '.json'), bounded(JSON.parse(readFileSync(path.join(root, name), 'utf8')))]),
  );
}

/** The same schema with a limit for every text and list that has none. */
export function bounded(schema: unknown): Schema {
  return walk(schema) as Schema;
}

function walk(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(walk);
  if (typeof node !== 'object' || node === null) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
  if (inner['type'] === 'string' && !['enum', 'const', 'format', 'maxLength'].some((limit) => limit in inner))
    inner['maxLength'] = DEFAULT_MAX_LENGTH;
  if (inner['type'] === 'array' && inner['items'] !== undefined && !('maxItems' in inner)) inner['maxItems'] = DEFAULT_MAX_ITEMS;
  return inner;
}
