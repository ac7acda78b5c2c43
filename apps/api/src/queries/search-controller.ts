import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lookUpFaults, searchCases, type LookUp } from '@guitu/disclosure';
import { dateInChina, type CalendarDate } from '@guitu/standards';
import { API_PARTS, type ApiParts } from '../api-parts';
import type { ReadBody } from '../body/read-body';
import { statedReader } from '../http/reader-of';
import { sendJson } from '../http/requests';
import { Policy } from '../http/route-policy';
import { Problem, type Fault } from '../problems/problem';
import { NoParameters, readParameters } from './parameters';

const OK = 200;
const fields: readonly string[] = ['kind', 'value'];

/** Look-up of persons. The value comes in the body: an address would stand in the logs of every proxy on the way. */
@Controller('v1/searches')
export class SearchController {
  constructor(@Inject(API_PARTS) private readonly parts: ApiParts) {}

  /** The cases of the caller that name a person with this ID number, phone or name (检索). */
  @Post()
  @HttpCode(OK)
  @Policy('caller')
  async search(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    readParameters(NoParameters, request.query);
    const reader = statedReader(request);
    const { now } = await this.parts.world();
    const asked = lookUpIn(request.body as ReadBody | undefined, dateInChina(now));
    const { cases, more } = await searchCases(this.parts, reader, asked);
    sendJson(reply, OK, { cases: cases.map((caseId) => ({ caseId })), more });
  }
}

/** @throws Problem body-required, unknown-field, validation-failed: field and rule, never the value */
function lookUpIn(body: ReadBody | undefined, today: CalendarDate): LookUp {
  if (body === undefined || body === null) throw new Problem('body-required');
  const { value: content } = body;
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw failed([{ pointer: '', rule: 'type', message: 'An object with `kind` and `value`.' }]);
  if (Object.keys(content).some((field) => !fields.includes(field)))
    throw new Problem('unknown-field', {
      faults: [{ pointer: '', rule: 'unknown-field', message: 'Only the fields `kind` and `value` are known.' }],
    });
  const { kind, value } = content as Readonly<{ kind?: unknown; value?: unknown }>;
  const faults = lookUpFaults({ kind, value }, today);
  if (faults.length > 0) throw failed(faults.map(({ field, rule, en }) => ({ pointer: `/${field}`, rule, message: en })));
  // Nothing is wrong with them, so they have these types.
  return { kind, value } as LookUp;
}

const failed = (faults: readonly Fault[]): Problem => new Problem('validation-failed', { faults });
