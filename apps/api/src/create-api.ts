import 'reflect-metadata';
import { Catch, Module, type ArgumentsHost, type DynamicModule, type ExceptionFilter, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TokenCheck } from '@guitu/access';
import { servedStreams } from '@guitu/rescue';
import { dateInChina } from '@guitu/standards';
import { API_PARTS, DEFAULT_BODY_LIMIT, type ApiParts } from './api-parts';
import { commandController, VALIDATORS } from './commands/command-controllers';
import { commandRoutes } from './commands/command-routes';
import { GiveCommandHandler } from './commands/give-command';
import { serveDocuments } from './openapi/documents';
import { HealthController, Readiness } from './health/health';
import { ApiAdapter } from './http/adapter';
import { guardTheDoor } from './http/door';
import { answerError, answerErrors, logRequests, readBodies, refuseConnect } from './http/edge';
import { RouteTable } from './http/route-table';
import type { LogSink } from './logging/log-record';
import { queryControllers, queryHandlers } from './queries';
import { SandboxClockController } from './sandbox/sandbox-clock';
import { commandValidators } from './validation/command-validators';
import { loadSchemas } from './validation/schemas';

@Module({})
class ApiModule {}

/** Errors of controllers get the same answers as those of the edge. */
@Catch()
class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: LogSink) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerError(error, { request: http.getRequest<FastifyRequest>(), reply: http.getResponse<FastifyReply>(), logger: this.logger });
  }
}

/** The routes of the running service, for whoever compares them with a document. */
const routeTables = new WeakMap<NestFastifyApplication, RouteTable>();
export const routesOf = (app: NestFastifyApplication): RouteTable => {
  const table = routeTables.get(app);
  if (table === undefined) throw new Error('Only an application of createApi has a route table.');
  return table;
};

/** Makes the HTTP service, ready for `listen`; nothing listens yet. Closing it finishes the requests under way. */
export async function createApi(parts: ApiParts): Promise<NestFastifyApplication> {
  const bodyLimit = parts.settings.bodyLimit ?? DEFAULT_BODY_LIMIT;
  const adapter = new ApiAdapter(bodyLimit);
  const instance = adapter.getInstance() as unknown as FastifyInstance;
  const table = new RouteTable();
  const readiness = new Readiness(parts);
  instance.addHook('onRoute', (route) => table.note(route));
  instance.addHook('preClose', (done) => {
    readiness.stop();
    done();
  });
  guardTheDoor(instance, new TokenCheck(parts.jwks, parts.settings.tokens), table);
  readBodies(instance, bodyLimit);
  answerErrors(instance, parts.logger);
  logRequests(instance, parts.logger);
  refuseConnect(instance, table);
  const app = await NestFactory.create<NestFastifyApplication>(apiModule(parts, readiness), adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: false,
  });
  app.useGlobalFilters(new ProblemFilter(parts.logger));
  serveDocuments(instance, parts);
  routeTables.set(app, table);
  await app.init();
  await instance.ready();
  return app;
}

function apiModule(parts: ApiParts, readiness: Readiness): DynamicModule {
  const schemas = loadSchemas('commands');
  const today = parts.sandbox === undefined ? undefined : (): string => dateInChina(parts.sandbox!.now());
  const controllers: Type[] = [commandController(commandRoutes(servedStreams, schemas)), HealthController, ...queryControllers(schemas)];
  return {
    module: ApiModule,
    imports: [CqrsModule.forRoot()],
    controllers: parts.sandbox === undefined ? controllers : [...controllers, SandboxClockController],
    providers: [
      { provide: API_PARTS, useValue: parts },
      { provide: VALIDATORS, useValue: commandValidators(schemas, today) },
      { provide: Readiness, useValue: readiness },
      GiveCommandHandler,
      ...queryHandlers,
    ],
  };
}
