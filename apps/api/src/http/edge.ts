import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readBody, readPlainBody } from '../body/read-body';
import { placeOf, type LogSink } from '../logging/log-record';
import { Problem } from '../problems/problem';
import { problemOf } from '../problems/problem-of';
import { answerOnSocket } from './adapter';
import { sendProblem } from './requests';
import type { RouteTable } from './route-table';

/** Bodies are JSON, read by our own reader; every other type is refused. */
export function readBodies(instance: FastifyInstance, limit: number): void {
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: limit }, (request, bytes: Buffer, done) => {
    if (isPlain(request)) {
      try {
        done(null, readPlainBody(bytes));
      } catch (error) {
        done(error as Error);
      }
      return;
    }
    readBody(bytes, request.headers, limit).then(
      (body) => done(null, body),
      (error: Error) => done(error),
    );
  });
}

const isPlain = ({ headers }: FastifyRequest): boolean =>
  headers['content-encoding'] === undefined &&
  (headers['content-type'] === 'application/json' || headers['content-type'] === 'application/json; charset=utf-8');

/** Every error becomes a problem; what nobody expected is logged by class and place, never by message. */
export function answerErrors(instance: FastifyInstance, logger: LogSink): void {
  instance.setErrorHandler((error, request, reply) => answerError(error, { request, reply, logger }));
  instance.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Problem('not-found')));
}

type Answering = Readonly<{ request: FastifyRequest; reply: Parameters<typeof sendProblem>[1]; logger: LogSink }>;

export function answerError(error: unknown, { request, reply, logger }: Answering): void {
  const problem = problemOf(error);
  if (problem.code === 'internal-error') logger.error(faultRecord(error, request));
  if (!reply.sent) void sendProblem(request, reply, problem);
}

function faultRecord(error: unknown, request: FastifyRequest): Parameters<LogSink['error']>[0] {
  const { code } = (error ?? {}) as { code?: unknown };
  const errorAt = placeOf(error);
  return {
    event: 'fault',
    requestId: String(request.id),
    route: request.routeOptions.url ?? 'none',
    errorName: error instanceof Error ? error.name : typeof error,
    ...(typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? { errorCode: code } : {}),
    ...(errorAt === undefined ? {} : { errorAt }),
  };
}

/** One line a request: the template of its route, never its address. */
export function logRequests(instance: FastifyInstance, logger: LogSink): void {
  instance.addHook('onResponse', (request, reply, done) => {
    logger.info({
      event: 'request',
      requestId: String(request.id),
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      ...(request.caller === null ? {} : { agency: request.caller.agency }),
      ...(request.problemCode === null ? {} : { code: request.problemCode }),
    });
    done();
  });
}

/** Node hands CONNECT to its own event; it gets the answer of every other method that is not a route's. */
export function refuseConnect(instance: FastifyInstance, routes: RouteTable): void {
  instance.server.on('connect', ({ url }: { url?: string }, socket: Parameters<typeof answerOnSocket>[0]) => {
    const allowed = routes.methodsAt(url ?? '');
    const allow = allowed.length === 0 ? '' : `allow: ${allowed.join(', ')}\r\n`;
    answerOnSocket(socket, new Problem('method-not-allowed'), allow);
  });
}
