import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { indexKindsOf, type DataClass } from '@guitu/personal-data';
import { indexedFields } from './indexed-fields';

const folder = path.resolve(__dirname, '../../../schemas/events/cases');
type Schema = Readonly<Record<string, unknown>>;
type Field = Readonly<{ pointer: string; format: unknown; mark: string }>;

/** Every field of an event as its schema has it: pointer (`*` for the elements of a list), format, and how it is sealed. */
function fieldsOf(type: string): readonly Field[] {
  const schema = JSON.parse(readFileSync(path.join(folder, `${type}.json`), 'utf8')) as Schema;
  const found: Field[] = [];
  const walk = (node: unknown, pointer: string, above: string): void => {
    const { $ref: reference, properties, items, format, ...rest } = Object(node) as Schema;
    if (typeof reference === 'string') {
      const name = decodeURIComponent(reference.replace('#/definitions/', ''));
      return walk({ ...rest, ...(schema['definitions'] as Schema)[name]! }, pointer, String(rest['x-personal'] ?? above));
    }
    const mark = String(rest['x-personal'] ?? above);
    found.push({ pointer, format, mark });
    for (const [name, inner] of Object.entries(Object(properties) as Schema)) walk(inner, `${pointer}/${name}`, mark);
    if (items !== undefined) walk(items, `${pointer}/*`, mark);
    for (const one of (rest['anyOf'] as readonly unknown[] | undefined) ?? []) walk(one, pointer, mark);
  };
  walk(schema, '', '');
  return found;
}
const types = readdirSync(folder).map((file) => path.basename(file, '.json'));
const declared = Object.entries(indexedFields).flatMap(([type, fields]) => fields.map((field) => ({ type, ...field })));

describe('the fields by which people are found', () => {
  it('hold every ID number that the catalogue knows', () => {
    const numbers = types.flatMap((type) =>
      fieldsOf(type).flatMap(({ pointer, format }) =>
        format === 'gb11643' || pointer.endsWith('/idNumber') ? [`${type} ${pointer}`] : [],
      ),
    );
    expect(numbers.length).toBeGreaterThan(9);
    const known = new Set(declared.filter(({ kind }) => kind === 'id-number').map(({ type, pointer }) => `${type} ${pointer}`));
    expect(numbers.filter((number) => !known.has(number))).toEqual([]);
  });

  it.each(declared)(
    '$type $pointer is a sealed field of the catalogue, of a class whose erasure takes $kind away',
    ({ type, pointer, kind }) => {
      const mark = fieldsOf(type).find((field) => field.pointer === pointer)?.mark ?? '';
      const [dataClass = '', , whose = 'person'] = mark.split(' ');
      expect(indexKindsOf[dataClass as DataClass]).toContain(kind);
      expect(whose).not.toBe('staff');
    },
  );
});
