import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemBody } from '../problems/problem';
import { problemOf } from '../problems/problem-of';
import { sendProblem } from './requests';

const HEADERS_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 60_000;
/** An id in an address is judged by us, with our own answer, as long as the headers let it through at all. */
const MAX_PARAM_CHARACTERS = 16_384;

/** Fastify as this service uses it: no middleware, no parsers and no error pages but our own. */
export class ApiAdapter extends FastifyAdapter {
  constructor(bodyLimit: number) {
    super({
      skipMiddie: true,
      bodyLimit,
      logger: false,
      genReqId: () => randomUUID(),
      requestIdHeader: false,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      forceCloseConnections: 'idle',
      routerOptions: {
        maxParamLength: MAX_PARAM_CHARACTERS,
        querystringParser: readQuery,
        caseSensitive: true,
        ignoreTrailingSlash: false,
      },
      http: { headersTimeout: HEADERS_TIMEOUT_MS },
      clientErrorHandler: answerBrokenRequest,
      frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => void sendProblem(request, reply, problemOf(error)),
    });
  }

  // Errors and unknown addresses are answered by our own handlers, set in `createApi`; those of Nest would lose Fastify's codes.
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.getInstance();
  }
  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    return this.getInstance();
  }
}

/** Every value of every parameter, so that a parameter that comes twice is seen. */
export function readQuery(text: string): Record<string, readonly string[]> {
  const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of new URLSearchParams(text)) (values[name] ??= []).push(value);
  return values;
}

const brokenRequests: Readonly<Record<string, Problem['code']>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** What never became a request is answered on the bare connection, which is closed. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  answerOnSocket(socket, new Problem(brokenRequests[error.code ?? ''] ?? 'malformed-request'));
}

/** A whole answer on a connection that has no request object; then the connection is gone, whether or not the other side closes it. */
export function answerOnSocket(socket: Socket, problem: Problem, headers = ''): void {
  const body = JSON.stringify(problemBody(problem, randomUUID(), 'zh'));
  const type = 'application/problem+json; charset=utf-8';
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\ncontent-type: ${type}\r\ncache-control: no-store\r\n${headers}` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}
