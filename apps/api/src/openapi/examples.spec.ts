import { streams, commandKindsOf } from '@guitu/rescue';
import { commandRoutes } from '../commands/command-routes';
import { loadSchemas } from '../validation/schemas';
import { openApiOf } from './documents';

type Operation = Readonly<{
  operationId: string;
  requestBody?: Readonly<{ content: Readonly<Record<string, Readonly<{ example?: object }>>> }>;
}>;
const tokens = { issuer: 'i', audience: 'a', maxLifeSeconds: 60 };
const document = openApiOf({ settings: { host: '127.0.0.1', port: 3000, tokens } }) as {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

describe('the OpenAPI document', () => {
  const posts = Object.values(document.paths).flatMap((path) => (path['post'] === undefined ? [] : [path['post']]));

  it('has a route for every command that people may give', () => {
    const types = new Set(commandRoutes(streams, loadSchemas('commands')).map(({ type }) => type));
    const given = streams.flatMap((kind) =>
      Object.entries(commandKindsOf(kind)).flatMap(([type, { role }]) => (role === 'system' ? [] : [type])),
    );
    expect([...types].sort()).toEqual([...new Set(given)].sort());
  });

  it('shows with every command a body that a story plays', () => {
    const without = posts.filter(({ requestBody }) => requestBody?.content['application/json']?.example === undefined);
    expect(without.map(({ operationId }) => operationId)).toEqual([]);
    expect(posts.length).toBeGreaterThan(90);
  });
});
