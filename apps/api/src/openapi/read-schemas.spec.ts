import { streams } from '@guitu/rescue';
import { commandRoutes } from '../commands/command-routes';
import { loadSchemas } from '../validation/schemas';
import { componentsOf } from './components';
import { openApiOf } from './documents';
import { readSchemas } from './read-schemas';
import { sharedSchemas } from './shared-schemas';

type Operation = Readonly<{
  parameters?: readonly Readonly<{ $ref?: string }>[];
  responses: Readonly<Record<string, Readonly<{ content?: Readonly<Record<string, Readonly<{ schema?: object }>>> }>>>;
}>;
const settings = { host: '127.0.0.1', port: 3000, tokens: { issuer: 'i', audience: 'a', maxLifeSeconds: 60 } };
const sandbox = { now: () => '2020-10-12T08:40:00+08:00', moveTo: () => undefined };
const document = openApiOf({ settings, sandbox }) as { paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
const reads = Object.entries(document.paths).flatMap(([path, { get }]) => (get === undefined ? [] : [[path, get] as const]));
const waits = ({ parameters = [] }: Operation): boolean => parameters.some(({ $ref }) => $ref?.endsWith('/MinPosition') === true);

type Node = Readonly<{ type?: unknown; properties?: object; required?: readonly string[] }>;
function objectsIn(node: unknown, place = ''): readonly (readonly [string, Node])[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'properties' in node && 'type' in node ? [[place, node as Node] as const] : [];
  return [...own, ...Object.entries(node).flatMap(([key, inner]) => objectsIn(inner, `${place}/${key}`))];
}

describe('what the document says about routes that read', () => {
  it('every one of them tells what it answers', () => {
    expect(reads.length).toBeGreaterThan(12);
    const silent = reads.filter(([, { responses }]) => Object.keys(responses['200']?.content ?? {}).length === 0);
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('every answer in JSON has a schema', () => {
    const json = reads.flatMap(([path, { responses }]) => {
      const content = responses['200']?.content?.['application/json'];
      return content === undefined ? [] : [[path, content.schema] as const];
    });
    expect(json.length).toBeGreaterThan(12);
    for (const [path, schema] of json) expect([path, schema]).toEqual([path, { $ref: expect.stringContaining('#/components/schemas/') }]);
  });

  it('every object says which of its properties always come, and those exist', () => {
    const objects = objectsIn(readSchemas(streams));
    expect(objects.length).toBeGreaterThan(20);
    for (const [place, { required = [], properties = {} }] of objects) {
      expect([place, required.length]).not.toEqual([place, 0]);
      expect(Object.keys(properties)).toEqual(expect.arrayContaining([...required]));
    }
  });

  it('no answer takes the name of a command, of a part of one, or of another answer', () => {
    const schemas = loadSchemas('commands');
    const routed = new Set(commandRoutes(streams, schemas).map(({ type }) => type));
    const commands = componentsOf(new Map([...schemas].filter(([type]) => routed.has(type))));
    const taken = new Set([...Object.keys(commands), ...Object.keys(sharedSchemas)]);
    expect(Object.keys(readSchemas(streams)).filter((name) => taken.has(name))).toEqual([]);
  });

  it('only routes that may be behind wait for a position: the state and the single event come from the log itself', () => {
    const waiting = reads.filter(([, operation]) => waits(operation)).map(([path]) => path);
    expect(waiting).toEqual(expect.arrayContaining(['/v1/desk', '/v1/cases/{id}/timeline', '/v1/cases/{id}/custody']));
    for (const path of ['/v1/cases/{id}', '/v1/cases/{id}/events/{eventId}', '/v1/agencies/{id}']) expect(waiting).not.toContain(path);
  });
});
