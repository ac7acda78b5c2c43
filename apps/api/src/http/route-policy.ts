import { RouteConfig } from '@nestjs/platform-fastify';
import type { RoutePolicy } from '@guitu/access';

/** The policy of a route, in its Fastify configuration. A route without one is shut. */
export const Policy = (policy: RoutePolicy): MethodDecorator & ClassDecorator =>
  RouteConfig({ policy }) as MethodDecorator & ClassDecorator;

/** The policy that a route's configuration carries, if any. */
export const policyOf = (config: unknown): RoutePolicy | undefined => (config as { policy?: RoutePolicy } | undefined)?.policy;
