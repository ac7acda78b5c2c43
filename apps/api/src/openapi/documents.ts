import { readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { servedStreams } from '@guitu/rescue';
import type { ApiParts } from '../api-parts';
import { commandRoutes } from '../commands/command-routes';
import { sendJson, sendProblem } from '../http/requests';
import { Problem } from '../problems/problem';
import { findSchemaFolder, loadSchemas } from '../validation/schemas';
import { buildOpenApi } from './build-openapi';

const pageFiles: ReadonlySet<string> = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);
const open = { config: { policy: 'public' } };

const page = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>归途 Guitu API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"><link rel="icon" href="/docs/favicon-32x32.png"></head>
<body><div id="page"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/open.js"></script></body>
</html>
`;
const script = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#page', deepLinking: true, tryItOutEnabled: true, validatorUrl: null });\n`;
const contentPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** Addresses that people try first: each leads to the page of the document. They are no part of the API, so the document does not name them. */
export const waysToThePage: readonly string[] = ['/', '/v1', '/docs/'];
const PERMANENT_REDIRECT = 308;

/** The document of the API and a page to read it; every file of the page comes from this service. */
export function serveDocuments(instance: FastifyInstance, parts: ApiParts): void {
  let document: object | undefined;
  instance.get('/openapi.json', open, (_request, reply) => sendJson(reply, 200, (document ??= openApiOf(parts))));
  void instance.register(fastifyStatic, { root: path.dirname(require.resolve('swagger-ui-dist/package.json')), serve: false });
  instance.get('/docs', open, (_request, reply) =>
    reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentPolicy }).send(page),
  );
  for (const address of waysToThePage) instance.get(address, open, (_request, reply) => reply.redirect('/docs', PERMANENT_REDIRECT));
  instance.get('/docs/:file', open, (request, reply) => {
    const { file } = request.params as { file: string };
    if (file === 'open.js') return reply.header('content-type', 'text/javascript; charset=utf-8').send(script);
    return pageFiles.has(file) ? reply.sendFile(file) : sendProblem(request, reply, new Problem('not-found'));
  });
}

/** The document of a service with these parts. */
export function openApiOf({ settings, sandbox }: Pick<ApiParts, 'settings' | 'sandbox'>): object {
  const schemas = loadSchemas('commands');
  return buildOpenApi({
    kinds: servedStreams,
    routes: commandRoutes(servedStreams, schemas),
    schemas,
    publicUrl: settings.publicUrl ?? `http://${settings.host}:${settings.port}`,
    version: versionOfPackage(),
    sandbox: sandbox !== undefined,
    examples: storyExamples(),
  });
}

/** One body of each command, from the stories: `schemas/examples.json`. */
function storyExamples(): ReadonlyMap<string, object> {
  const text = readFileSync(path.join(findSchemaFolder(), 'examples.json'), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, object>));
}

/** The package lies beside the schemas. */
function versionOfPackage(): string {
  const file = path.join(path.dirname(findSchemaFolder()), 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
