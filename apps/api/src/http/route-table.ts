import type { RoutePolicy } from '@guitu/access';
import type { RouteOptions } from 'fastify';
import { policyOf } from './route-policy';

/** One method of one route of the running service. */
export type Route = Readonly<{ method: string; template: string; policy: RoutePolicy | undefined }>;

/** All routes of the running service, as Fastify knows them. */
export class RouteTable {
  private readonly byTemplate = new Map<string, Readonly<{ pattern: RegExp; methods: Set<string> }>>();
  private readonly all: Route[] = [];

  /** Every route passes here when it is registered. */
  note({ method, url, config }: Pick<RouteOptions, 'method' | 'url' | 'config'>): void {
    for (const one of Array.isArray(method) ? method : [method]) {
      this.all.push({ method: one, template: url, policy: policyOf(config) });
      const known = this.byTemplate.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
      known.methods.add(one);
      this.byTemplate.set(url, known);
    }
  }

  routes(): readonly Route[] {
    return this.all;
  }

  /** The methods that some route has for this address; none when there is no such address. */
  methodsAt(url: string): readonly string[] {
    const address = url.split('?', 1)[0] ?? '';
    const found = [...this.byTemplate.values()].filter(({ pattern }) => pattern.test(address)).flatMap(({ methods }) => [...methods]);
    return [...new Set(found)].sort();
  }
}

const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:[A-Za-z]+/g, '[^/]+')
      .replace(/\*/g, '.*')}$`,
  );
