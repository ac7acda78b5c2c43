// The yardstick: an empty Fastify route with the same validation (token, key, body schema), which records nothing.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import Fastify from 'fastify';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { audience, issuer } from './load.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const { isInstant } = require(path.join(root, 'dist/libs/standards/src/index.js'));
const Ajv = require('ajv').default ?? require('ajv');

const [port, jwksFile] = process.argv.slice(2);
const jwks = createLocalJWKSet(JSON.parse(readFileSync(jwksFile, 'utf8')));
const ajv = new Ajv({
  allErrors: true,
  strict: false,
  formats: { instant: isInstant, 'calendar-date': true, gb11643: true, 'letter-number': true },
});
const validatorOf = (command) => {
  const { definitions, ...data } = JSON.parse(readFileSync(path.join(root, `schemas/commands/cases/${command}.json`), 'utf8'));
  delete data.$schema;
  return ajv.compile({
    type: 'object',
    additionalProperties: false,
    required: ['data'],
    definitions,
    properties: { occurredAt: { type: 'string', format: 'instant' }, backfillReason: { type: 'string' }, data },
  });
};
const verified = new Map();
async function callerOf(header) {
  const known = verified.get(header);
  if (known !== undefined) return known;
  const { payload } = await jwtVerify(header.slice(7), jwks, { issuer, audience });
  verified.set(header, payload);
  return payload;
}

const app = Fastify({ logger: false });
const routes = { '/v1/cases/record-encounter': 'RecordEncounter', '/v1/cases/:id/record-initial-check': 'RecordInitialCheck' };
for (const [route, command] of Object.entries(routes)) {
  const validate = validatorOf(command);
  app.post(route, async (request, reply) => {
    await callerOf(request.headers.authorization ?? '');
    if (!/^[A-Za-z0-9_-]{16,128}$/.test(String(request.headers['idempotency-key'])))
      return reply.code(400).send({ code: 'idempotency-key-invalid' });
    if (!validate(request.body)) return reply.code(400).send({ code: 'validation-failed', errors: validate.errors });
    return reply.code(201).send({ ok: true });
  });
}
await app.listen({ port: Number(port), host: '127.0.0.1' });
console.log('listening');
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
