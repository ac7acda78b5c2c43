import { Controller, Inject, Post, Req, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_PARTS, type ApiParts } from '../api-parts';
import type { ReadBody } from '../body/read-body';
import { Policy } from '../http/route-policy';
import { sendJson } from '../http/requests';
import type { CommandValidators } from '../validation/command-validators';
import { answerBody } from './command-answer';
import { commandRequest } from './command-request';
import type { CommandRoute } from './command-routes';
import { GiveCommand } from './give-command';

/** The token under which the compiled schemas are handed to controllers. */
export const VALIDATORS = Symbol('CommandValidators');

/** The one thing that every command's route does. */
class CommandGiver {
  constructor(
    readonly bus: CommandBus,
    readonly parts: ApiParts,
    readonly validators: CommandValidators,
  ) {}

  async give(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { now } = await this.parts.world();
    const asked = commandRequest(route, request, { validators: this.validators, now });
    const answer = await this.bus.execute(new GiveCommand(asked));
    const recorded = answer.events.length > 0;
    if (recorded) this.parts.onRecorded?.(route.kind.category, answer.position);
    void reply
      .header('etag', `"v${answer.version}"`)
      .header('guitu-position', String(answer.position))
      .header('location', `/v1/${route.kind.collection}/${asked.streamId}`);
    if (answer.replayed) void reply.header('idempotency-replayed', 'true');
    const normalised = (request.body as ReadBody).normalised ? { normalised: true } : {};
    sendJson(reply, recorded ? 201 : 200, { ...answerBody(route.kind, asked.streamId, answer), ...normalised });
  }
}

/** One controller for all commands of the domain: a method for each route, so that every route is known to the router by its own address. */
export function commandController(routes: readonly CommandRoute[]): Type {
  class CommandController extends CommandGiver {}
  Controller('v1')(CommandController);
  Inject(CommandBus)(CommandController, undefined, 0);
  Inject(API_PARTS)(CommandController, undefined, 1);
  Inject(VALIDATORS)(CommandController, undefined, 2);
  for (const route of routes) addMethod(CommandController.prototype, route);
  return CommandController;
}

function addMethod(prototype: CommandGiver, route: CommandRoute): void {
  const name = route.path;
  const descriptor: PropertyDescriptor = {
    configurable: true,
    value(this: CommandGiver, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      return this.give(route, request, reply);
    },
  };
  Object.defineProperty(prototype, name, descriptor);
  Req()(prototype, name, 0);
  Res()(prototype, name, 1);
  Post(route.path)(prototype, name, descriptor);
  Policy('participants')(prototype, name, descriptor);
}
