import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { compareInstants, isInstant } from '@guitu/standards';
import { API_PARTS, type ApiParts, type SandboxClock } from '../api-parts';
import type { ReadBody } from '../body/read-body';
import { Policy } from '../http/route-policy';
import { sendJson } from '../http/requests';
import { Problem } from '../problems/problem';

/** The clock of a sandbox. In a live service these routes do not exist. */
@Controller('v1/sandbox')
export class SandboxClockController {
  private readonly clock: SandboxClock;

  constructor(@Inject(API_PARTS) { sandbox }: ApiParts) {
    if (sandbox === undefined) throw new Error('Only a sandbox has a clock to move.');
    this.clock = sandbox;
  }

  @Get('clock')
  @Policy('caller')
  read(@Res() reply: FastifyReply): void {
    sendJson(reply, 200, { now: this.clock.now() });
  }

  /** Moves the clock forwards; standing still is allowed. */
  @Post('clock')
  @Policy('operator')
  async move(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const moment = readMoment(request.body as ReadBody | undefined);
    if (compareInstants(moment, this.clock.now()) < 0)
      throw new Problem('clock-goes-back', { zh: `时钟现为 ${this.clock.now()}。`, en: `The clock stands at ${this.clock.now()}.` });
    await this.clock.moveTo(moment);
    sendJson(reply, 200, { now: this.clock.now() });
  }
}

function readMoment(body: ReadBody | undefined): string {
  if (body === undefined || body === null) throw new Problem('body-required');
  const value = body.value;
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  const unknown = Object.keys(fields ?? {}).filter((field) => field !== 'now');
  if (unknown.length > 0)
    throw new Problem('unknown-field', { faults: [{ pointer: '', rule: 'unknown-field', message: 'Only the field `now` is known.' }] });
  const now = fields?.['now'];
  if (typeof now !== 'string' || !isInstant(now)) {
    const rule = now === undefined ? 'required' : 'date-time';
    throw new Problem('validation-failed', { faults: [{ pointer: '/now', rule, message: 'A moment like 2020-10-12T08:40:00+08:00.' }] });
  }
  return now;
}
