import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dateInChina, type CalendarDate } from '@guitu/standards';
import { isOpen, valueOn, type Agency, type World } from '@guitu/rescue';
import { pageLimits, type Page, type PageRequest } from '@guitu/read-models';
import { API_PARTS, type ApiParts } from '../api-parts';
import { Policy } from '../http/route-policy';
import { callerOf, sendJson } from '../http/requests';
import { pageFor } from './agency-controller';
import { Cursors } from './cursor';
import { waitForMinPosition } from './min-position';
import { AgenciesParameters, readParameters } from './parameters';

/** The directory of agencies (机构名录), for every caller. */
@Controller('v1')
export class DirectoryController {
  private readonly cursors: Cursors;

  constructor(@Inject(API_PARTS) private readonly parts: ApiParts) {
    this.cursors = new Cursors(parts.keyring);
  }

  /** Agencies that work today, by id. */
  @Get('agencies')
  @Policy('caller')
  async agencies(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const parameters = readParameters(AgenciesParameters, request.query);
    await waitForMinPosition(request, this.parts.readModels);
    const world = await this.parts.world();
    const { kind, division } = parameters;
    const use = { agency: callerOf(request).agency, list: `agencies ${kind ?? ''} ${division ?? ''}` };
    sendJson(
      reply,
      200,
      await pageFor(this.cursors, use, parameters, (page) => Promise.resolve(agenciesOf(world, { kind, division }, page))),
    );
  }
}

type Wanted = Readonly<{ kind: string | undefined; division: string | undefined }>;

function agenciesOf(world: World, { kind, division }: Wanted, { limit = pageLimits.default, cursor }: PageRequest): Page<object> {
  const day = dateInChina(world.now);
  const wanted = [...world.directory.values()]
    .filter((agency) => isOpen(agency, world.now))
    .filter(
      (agency) => (kind === undefined || agency.kind === kind) && (division === undefined || valueOn(agency.divisions, day) === division),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .filter(({ id }) => cursor === undefined || id > cursor);
  const rows = wanted.slice(0, limit);
  return { rows: rows.map((agency) => entryOn(agency, day)), next: wanted.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

const entryOn = (agency: Agency, day: CalendarDate): object => ({
  agencyId: agency.id,
  kind: agency.kind,
  name: valueOn(agency.names, day),
  division: valueOn(agency.divisions, day),
  reportsTo: valueOn(agency.reportsTo, day) ?? null,
  ...(agency.organisationCode === undefined ? {} : { organisationCode: agency.organisationCode }),
});
