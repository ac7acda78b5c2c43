import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiParts } from '../api-parts';
import { Policy } from '../http/route-policy';
import { sendJson } from '../http/requests';

/** How many positions a follower may be behind before the service calls itself unready, unless its parts say otherwise. */
export const MAX_LAG = 10_000n;
const HEAD_TIMEOUT_MS = 2_000;

/** How a follower is doing. `lag` is a number of positions, at most that many records. */
export type FollowerReport = Readonly<{ name: string; position: string; lag: string; fault: string | null }>;
export type ReadinessReport = Readonly<{ status: 'ready' | 'not-ready'; reasons: readonly string[]; followers: readonly FollowerReport[] }>;

/** Whether the service can do its work now, and if not, why. */
export class Readiness {
  private stopping = false;

  constructor(private readonly parts: Pick<ApiParts, 'log' | 'followers' | 'maxLag'>) {}

  /** From now on nothing new should be sent here. */
  stop(): void {
    this.stopping = true;
  }

  async report(): Promise<ReadinessReport> {
    const head = await this.head();
    const followers = this.parts.followers().map(({ name, position, fault, head: seen }) => {
      const lag = (head ?? seen) - position;
      return { name, position: String(position), lag: String(lag > 0n ? lag : 0n), fault: fault === null ? null : nameOfFault(fault) };
    });
    const reasons = [
      ...(this.stopping ? ['stopping'] : []),
      ...(head === undefined ? ['store-unavailable'] : []),
      ...followers.filter(({ fault }) => fault !== null).map(({ name, fault }) => `follower ${name} stands still: ${fault}`),
      ...followers
        .filter(({ lag }) => BigInt(lag) > (this.parts.maxLag ?? MAX_LAG))
        .map(({ name, lag }) => `follower ${name} is ${lag} positions behind`),
    ];
    return { status: reasons.length === 0 ? 'ready' : 'not-ready', reasons, followers };
  }

  private async head(): Promise<bigint | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), HEAD_TIMEOUT_MS)));
    try {
      return await Promise.race([this.parts.log.head(), late]);
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A fault's message can hold anything; its class cannot. */
const nameOfFault = (fault: string): string => /^[A-Za-z]{1,60}(?=:|$)/.exec(fault)?.[0] ?? 'fault';

@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** The process answers. */
  @Get('live')
  @Policy('public')
  live(@Res() reply: FastifyReply): void {
    sendJson(reply, 200, { status: 'live' });
  }

  /** The process can do its work. */
  @Get('ready')
  @Policy('public')
  async ready(@Req() _request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const report = await this.readiness.report();
    sendJson(reply, report.status === 'ready' ? 200 : 503, report);
  }
}
