import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { denialAt, InvalidToken, type TokenCheck } from '@guitu/access';
import { Problem } from '../problems/problem';
import { problemOf } from '../problems/problem-of';
import { sendProblem } from './requests';
import { policyOf } from './route-policy';
import type { RouteTable } from './route-table';

const bearer = /^Bearer ([A-Za-z0-9_.-]+)$/i;

/**
 * The door of every route, before a byte of a body is read: routes that do not exist, methods that are not theirs, routes without a policy,
 * tokens. Agency, user and role come from the token; no other header says who calls.
 */
export function guardTheDoor(instance: FastifyInstance, tokens: TokenCheck, routes: RouteTable): void {
  instance.decorateRequest('caller', null);
  instance.decorateRequest('problemCode', null);
  instance.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-content-type-options', 'nosniff').header('request-id', request.id);
    const problem = problemAtTheDoor(request, routes);
    if (problem !== undefined) return void sendProblem(request, reply, problem);
    const policy = policyOf(request.routeOptions.config);
    if (policy === 'public') return done();
    const token = bearer.exec(request.headers.authorization ?? '')?.[1];
    if (policy === undefined || token === undefined) {
      const shut = policy !== undefined && request.headers.authorization !== undefined ? 'token-invalid' : denialAt(policy, undefined);
      return void sendProblem(request, reply, new Problem(shut ?? 'forbidden'));
    }
    const known = tokens.findRemembered(token);
    if (known !== undefined) return enter({ request, reply, done }, known);
    tokens.verify(token).then(
      (caller) => enter({ request, reply, done }, caller),
      (error: unknown) => void sendProblem(request, reply, error instanceof InvalidToken ? new Problem('token-invalid') : problemOf(error)),
    );
  });
}

type Passage = Readonly<{ request: FastifyRequest; reply: FastifyReply; done: () => void }>;

function enter({ request, reply, done }: Passage, caller: NonNullable<FastifyRequest['caller']>): void {
  request.caller = caller;
  const denial = denialAt(policyOf(request.routeOptions.config), caller);
  if (denial === undefined) return done();
  void sendProblem(request, reply, new Problem(denial));
}

function problemAtTheDoor(request: FastifyRequest, routes: RouteTable): Problem | undefined {
  if (!request.is404) return undefined;
  const allowed = routes.methodsAt(request.url);
  if (allowed.length === 0) return new Problem('not-found');
  return new Problem('method-not-allowed', { headers: { allow: allowed.join(', ') }, members: { allowed } });
}
