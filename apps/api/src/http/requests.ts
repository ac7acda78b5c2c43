import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '@guitu/access';
import { languageOf, problemBody, type Language, type Problem } from '../problems/problem';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; null on public routes. */
    caller: Caller | null;
    /** The code of the problem that was answered, for the log. */
    problemCode: string | null;
  }
}

/** The caller of a route that is not public. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('A route that asks for its caller is not public.');
  return request.caller;
}

export const languageOfRequest = (request: FastifyRequest): Language => languageOf(request.headers['accept-language']);

const json = 'application/json; charset=utf-8';
const problemJson = 'application/problem+json; charset=utf-8';

/** Positions are 64-bit; they travel as text, so that no client loses digits. */
const withoutBigint = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

export function sendJson(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).header('content-type', json).header('cache-control', 'no-store').send(JSON.stringify(body, withoutBigint));
}

/** Answers with problem+json in the caller's language. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  request.problemCode = problem.code;
  const language = languageOfRequest(request);
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  return reply
    .code(problem.status)
    .headers({ ...problem.more.headers, 'content-type': problemJson, 'content-language': language, 'cache-control': 'no-store' })
    .send(JSON.stringify(problemBody(problem, String(request.id), language), withoutBigint));
}
