import { commandKindsOf, streams } from '@guitu/rescue';
import { commandRoutes, kebab } from '../commands/command-routes';
import { commandValidators } from '../validation/command-validators';
import { loadSchemas } from '../validation/schemas';
import { collectExamples } from './collect-examples';
import { openApiOf } from './documents';

const settings = { host: '127.0.0.1', port: 3000, tokens: { issuer: 'i', audience: 'a', maxLifeSeconds: 1 } };
type Document = { paths: Record<string, Record<string, { operationId: string }>>; components: { schemas: Record<string, unknown> } };
const document = openApiOf({ settings }) as Document;

describe('the document of the API', () => {
  it('knows every command that people give, and none of the system', () => {
    for (const kind of streams)
      for (const [type, { role }] of Object.entries(commandKindsOf(kind))) {
        const found = Object.keys(document.paths).some(
          (path) => path.startsWith(`/v1/${kind.collection}/`) && path.endsWith(`/${kebab(type)}`),
        );
        expect([type, found]).toEqual([type, role !== 'system']);
      }
  });

  it('refers to nothing that it does not hold', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(100);
    for (const [, group, name] of references)
      expect((document.components as Record<string, Record<string, unknown>>)[group!]?.[name!]).toBeDefined();
  });

  it('names every operation once', () => {
    const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('speaks of the clock in a sandbox alone', () => {
    expect(document.paths['/v1/sandbox/clock']).toBeUndefined();
    const sandbox = { now: () => '2020-10-12T08:40:00+08:00', moveTo: () => undefined };
    expect((openApiOf({ settings, sandbox }) as Document).paths['/v1/sandbox/clock']).toBeDefined();
  });
});

describe('examples', () => {
  it('are the first step of each command that was not refused', () => {
    const steps = [
      { command: 'OfferHandover', data: { a: 1 }, refused: 'HND-OPEN' },
      { command: 'OfferHandover', data: { a: 2 }, occurredAt: '2020-10-12T08:40:00+08:00' },
      { command: 'OfferHandover', data: { a: 3 } },
      {},
    ];
    expect([...collectExamples([{ steps }])]).toEqual([['OfferHandover', { occurredAt: '2020-10-12T08:40:00+08:00', data: { a: 2 } }]]);
  });
});

describe('the schemas of commands', () => {
  const schemas = loadSchemas('commands');

  it('exist for every command that has a route, and compile', () => {
    for (const { type } of commandRoutes(streams, schemas)) expect([type, schemas.has(type)]).toEqual([type, true]);
    expect(() => commandValidators(schemas)).not.toThrow();
  });

  it('write a lower-case x of an ID number as X', () => {
    const validators = commandValidators(
      new Map([['T', { type: 'object', properties: { idNumber: { type: 'string', format: 'gb11643' } } }]]),
    );
    const body = { value: { data: { idNumber: '11010519491231002x' } }, numberFaults: [], normalised: false };
    expect(validators.check('T', body).data).toEqual({ idNumber: '11010519491231002X' });
  });

  it('leave no text and no list without a limit', () => {
    const unlimited = [...JSON.stringify([...schemas.values()]).matchAll(/\{"type":"string"\}/g)];
    expect(unlimited).toHaveLength(0);
  });
});

describe('the address of a command', () => {
  it.each([
    ['RecordEncounter', 'record-encounter'],
    ['ReplyDnaResult', 'reply-dna-result'],
  ])('%s is %s', (type, address) => {
    expect(kebab(type)).toBe(address);
  });
});
