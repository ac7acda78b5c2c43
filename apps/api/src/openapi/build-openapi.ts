import { purposeCodes, purposes } from '@guitu/disclosure';
import { findCommandKind, type AnyStreamKind } from '@guitu/rescue';
import type { CommandRoute } from '../commands/command-routes';
import { bodySchema } from '../validation/command-validators';
import type { Schema } from '../validation/schemas';
import { componentsOf } from './components';
import { readPaths, type Answer, type ReadPath } from './read-paths';
import { readSchemas } from './read-schemas';
import { component } from './schema-words';
import { searchOperations } from './search-operation';
import { sharedSchemas } from './shared-schemas';

export type OpenApiSources = Readonly<{
  kinds: readonly AnyStreamKind[];
  routes: readonly CommandRoute[];
  schemas: ReadonlyMap<string, Schema>;
  publicUrl: string;
  version: string;
  sandbox: boolean;
  /** One body of each command. */
  examples?: ReadonlyMap<string, object>;
}>;

/** The document of the running service (OpenAPI 3.1): made from the catalogue, the schemas and the routes; nothing in it is written twice. */
export function buildOpenApi(sources: OpenApiSources): Readonly<Record<string, unknown>> {
  const { kinds, routes, schemas, publicUrl, version, sandbox } = sources;
  const paths: Record<string, Record<string, unknown>> = {};
  for (const read of readPaths(kinds)) paths[read.path] = { get: readOperation(read) };
  for (const route of routes) paths[addressOf(route)] = { post: commandOperation(route, sources) };
  paths['/v1/searches'] = searchOperations;
  if (sandbox) paths['/v1/sandbox/clock'] = clockOperations;
  return {
    openapi: '3.1.0',
    info: {
      title: '归途 Guitu',
      version,
      description:
        '救助返乡全程：每一步都是不可更改的事件，机构之间的每一项责任都有时限和依据。\n\n' +
        'Each step from the street to the closed loop is an immutable event; every promise between agencies has a deadline and its clause.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    security: [{ token: [] }],
    tags: [
      { name: 'agency', description: '本机构 / the own agency' },
      ...kinds.map(({ collection, zh }) => ({ name: collection, description: zh })),
      { name: 'service', description: '服务 / the service' },
    ],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'EdDSA or ES256; names agency, user, client and role.' },
      },
      headers: headers,
      parameters: commonParameters,
      responses: {
        Problem: {
          description: 'It could not be done.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: { ...componentsOf(commandsOnly(schemas, routes)), ...sharedSchemas, ...readSchemas(kinds) },
    },
  };
}

/** The address of a route as the document writes it. */
export const addressOf = ({ path }: CommandRoute): string => `/v1/${path.replace(':id', '{id}')}`;

const commandsOnly = (schemas: ReadonlyMap<string, Schema>, routes: readonly CommandRoute[]): ReadonlyMap<string, Schema> =>
  new Map([...schemas].filter(([type]) => routes.some((route) => route.type === type)));

function commandOperation(route: CommandRoute, { examples }: OpenApiSources): object {
  const command = findCommandKind(route.kind, route.type);
  const example = examples?.get(route.type);
  const who =
    command?.role !== undefined
      ? `Role: ${command.role}.`
      : command?.by.length === 0
        ? 'Any agency.'
        : `Agencies: ${command?.by.join(', ')}.`;
  const parameters = [
    ...(route.id === undefined ? [] : [pathParameter('id')]),
    { $ref: '#/components/parameters/IdempotencyKey' },
    { $ref: '#/components/parameters/IfMatch' },
  ];
  return {
    operationId: `${route.type}${route.id === undefined ? 'Opening' : `On${route.kind.category}`}`,
    tags: [route.kind.collection],
    summary: `${command?.zh ?? route.type} ${route.type}`,
    description: who,
    parameters,
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: bodySchema({ $ref: `#/components/schemas/${route.type}` }),
          ...(example === undefined ? {} : { example }),
        },
      },
    },
    responses: {
      201: commandResponse('Recorded. The first answer comes again when the same key comes again.'),
      200: commandResponse('It was so already; nothing was recorded.'),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

const commandResponse = (description: string): object => ({
  description,
  headers: {
    ETag: { $ref: '#/components/headers/ETag' },
    Location: { $ref: '#/components/headers/Location' },
    'Guitu-Position': { $ref: '#/components/headers/GuituPosition' },
    'Idempotency-Replayed': { $ref: '#/components/headers/IdempotencyReplayed' },
  },
  content: { 'application/json': { schema: { $ref: '#/components/schemas/CommandAnswer' } } },
});

function readOperation(read: ReadPath): object {
  const inPath = [...read.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => pathParameter(name ?? ''));
  const inQuery = read.parameters.map(({ name, en, schema }) => ({ name, in: 'query', description: en, schema }));
  const minPosition = read.minPosition === true ? [{ $ref: '#/components/parameters/MinPosition' }] : [];
  const purpose = read.purpose === true ? [{ $ref: '#/components/parameters/Purpose' }] : [];
  return {
    operationId: `get${read.path.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())}`,
    tags: [read.tag],
    summary: `${read.zh} ${read.en}`,
    ...(read.public === true ? { security: [] } : {}),
    parameters: [...inPath, ...inQuery, ...minPosition, ...purpose],
    responses: readResponses(read),
  };
}

function readResponses({ en, answer, versioned }: ReadPath): object {
  const headers = versioned === true ? { headers: viewHeaders } : {};
  const content = contentOf(answer);
  return {
    200: { description: en, ...headers, content },
    ...('also' in answer ? { [answer.also]: { description: `${en}: not now.`, content } } : {}),
    default: { $ref: '#/components/responses/Problem' },
  };
}

const contentOf = (answer: Answer): object =>
  'schema' in answer
    ? { 'application/json': { schema: component(answer.schema) }, ...(answer.text === true ? { 'text/plain': {} } : {}) }
    : { [answer.mediaType]: {} };

const viewHeaders = {
  ETag: { $ref: '#/components/headers/ETag' },
  'Guitu-Position': { $ref: '#/components/headers/GuituPosition' },
  'Content-Language': { $ref: '#/components/headers/ContentLanguage' },
};

const pathParameter = (name: string): object => ({ name, in: 'path', required: true, schema: { type: 'string', maxLength: 80 } });

const theMoment = { description: 'The moment.', content: contentOf({ schema: 'SandboxMoment' }) };
const clockOperations = {
  get: {
    operationId: 'getSandboxClock',
    tags: ['service'],
    summary: '沙箱时钟 The clock of the sandbox',
    responses: { 200: theMoment, default: { $ref: '#/components/responses/Problem' } },
  },
  post: {
    operationId: 'moveSandboxClock',
    tags: ['service'],
    summary: '拨动沙箱时钟 Move the clock of the sandbox forwards (role registrar)',
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['now'],
            additionalProperties: false,
            properties: { now: { type: 'string', format: 'instant' } },
          },
        },
      },
    },
    responses: { 200: theMoment, default: { $ref: '#/components/responses/Problem' } },
  },
};

const text = (description: string): object => ({ description, schema: { type: 'string' } });
const headers = {
  ETag: text('`"v<version>"`: send it as `If-Match` to act only if nothing happened since.'),
  Location: text('Where the stream is read.'),
  GuituPosition: text('The position of the last event.'),
  ContentLanguage: text('The language of `words`: `zh` or `en`, as `Accept-Language` asks.'),
  IdempotencyReplayed: text('`true` when this is the first answer again.'),
};

const purposeList = purposeCodes.map((code) => `\`${code}\` ${purposes[code].zh} ${purposes[code].en}`).join('; ');

const commonParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'The same key and body give the first answer again. After a timeout or 503, send it again with the same key.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,128}$' },
  },
  IfMatch: { name: 'If-Match', in: 'header', required: false, schema: { type: 'string', pattern: '^"v(0|[1-9][0-9]*)"$' } },
  MinPosition: {
    name: 'Guitu-Min-Position',
    in: 'header',
    required: false,
    description: 'Waits up to two seconds until the answer holds this position.',
    schema: { type: 'string', pattern: '^[0-9]{1,19}$' },
  },
  Purpose: {
    name: 'Guitu-Purpose',
    in: 'header',
    required: false,
    description: `What personal values are read for; \`CASE_HANDLING\` unless said, and auditors always say it. ${purposeList}.`,
    schema: { type: 'string', enum: purposeCodes },
  },
};
