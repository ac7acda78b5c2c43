import type { Schema } from '../validation/schemas';

/**
 * The schemas of commands as components of an OpenAPI 3.1 document. Definitions that several commands share become one component; where two of the
 * same name differ, the later one is named after its command too.
 */
export function componentsOf(schemas: ReadonlyMap<string, Schema>): Readonly<Record<string, Schema>> {
  const components: Record<string, Schema> = {};
  for (const [type, schema] of schemas) {
    const { $schema: _draft, definitions = {}, ...body } = schema;
    const names = new Map<string, string>();
    for (const [name, definition] of Object.entries(definitions as Readonly<Record<string, Schema>>)) {
      const plain = componentName(name);
      const known = components[plain];
      const same = known === undefined || JSON.stringify(known) === JSON.stringify(withComponentReferences(definition, new Map()));
      names.set(name, same ? plain : `${plain}.${type}`);
    }
    for (const [name, definition] of Object.entries(definitions as Readonly<Record<string, Schema>>))
      components[names.get(name) ?? name] = withComponentReferences(definition, names) as Schema;
    components[type] = withComponentReferences(body, names) as Schema;
  }
  return Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const componentName = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, '_');

function withComponentReferences(node: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(node)) return node.map((item) => withComponentReferences(item, names));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key !== '$ref' || typeof value !== 'string') return [key, withComponentReferences(value, names)];
      const name = decodeURIComponent(value.replace('#/definitions/', ''));
      return [key, `#/components/schemas/${names.get(name) ?? componentName(name)}`];
    }),
  );
}
