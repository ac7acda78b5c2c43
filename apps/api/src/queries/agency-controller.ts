import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toMilliseconds } from '@guitu/standards';
import { InvalidPage, type DutiesAsked, type Page, type PageRequest } from '@guitu/read-models';
import { API_PARTS, type ApiParts } from '../api-parts';
import { Policy } from '../http/route-policy';
import { readerOf, statedReader } from '../http/reader-of';
import { callerOf, sendJson } from '../http/requests';
import { Problem } from '../problems/problem';
import { Cursors, type CursorUse } from './cursor';
import { waitForMinPosition } from './min-position';
import { DeskParameters, DutiesParameters, invalidParameter, LoopsParameters, PageParameters, readParameters } from './parameters';
import { ReadDesk, ReadDuties, ReadLedger, ReadLoops } from './read-queries';

/** Asks for a page in the caller's name and gives its cursor back signed. */
export async function pageFor<Row>(
  cursors: Cursors,
  use: CursorUse,
  { limit, cursor }: PageParameters,
  ask: (page: PageRequest) => Promise<Page<Row>>,
): Promise<Page<Row>> {
  const page = {
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    ...(cursor === undefined ? {} : { cursor: cursors.read(cursor, use) }),
  };
  try {
    const { rows, next } = await ask(page);
    return { rows, next: cursors.give(next, use) };
  } catch (error) {
    if (error instanceof InvalidPage) throw error.field === 'cursor' ? new Problem('cursor-invalid') : invalidParameter('limit');
    throw error;
  }
}

/** What the caller's own agency looks at. */
@Controller('v1')
export class AgencyController {
  private readonly cursors: Cursors;

  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(API_PARTS) private readonly parts: ApiParts,
  ) {
    this.cursors = new Cursors(parts.keyring);
  }

  /** Persons in the agency's custody, offers that wait for its signature, letters that wait for its receipt (待办). */
  @Get('desk')
  @Policy('agency')
  async desk(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { limit } = readParameters(DeskParameters, request.query);
    await waitForMinPosition(request, this.parts.readModels);
    const desk = await this.queries.execute(new ReadDesk(callerOf(request).agency, limit === undefined ? undefined : Number(limit)));
    const part = ({ rows, next }: Page<object>): object => ({ rows, more: next !== null });
    sendJson(reply, 200, { custody: part(desk.custody), handovers: part(desk.handovers), letters: part(desk.letters) });
  }

  /** Duties that the agency owes, or that are owed to it, the earliest due first. */
  @Get('duties')
  @Policy('agency')
  async duties(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const parameters = readParameters(DutiesParameters, request.query);
    const asked = dutiesAsked(parameters, callerOf(request).agency, toMilliseconds((await this.parts.world()).now));
    const list = `duties ${asked.side} ${asked.state} ${parameters.withinDays ?? ''}`;
    await this.answer({ request, reply, list, parameters }, (page) => this.queries.execute(new ReadDuties(asked, page)));
  }

  /** Feedback loops of one side: where each stands, since when, on whom it waits. */
  @Get('loops')
  @Policy('agency')
  async loops(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const parameters = readParameters(LoopsParameters, request.query);
    const { side = 'inflow', state } = parameters;
    const asked = { side, agency: callerOf(request).agency, ...(state === undefined ? {} : { over: state === 'over' }) };
    await this.answer({ request, reply, list: `loops ${side} ${state ?? ''}`, parameters }, (page) =>
      this.queries.execute(new ReadLoops(asked, page)),
    );
  }

  /** The ledger of returnees (返乡受助人员台账) that the agency keeps. */
  @Get('ledger')
  @Policy('agency')
  async ledger(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const parameters = readParameters(PageParameters, request.query);
    const reader = readerOf(statedReader(request), 'own-ledger');
    await this.answer({ request, reply, list: 'ledger', parameters }, async (page) => {
      const { rows, next } = await this.queries.execute(new ReadLedger(reader.by.agency, page));
      const shut = rows.map((tree) => ({ stream: `case-${tree.caseId}`, tree }));
      return { rows: await this.parts.gate.open(reader, shut), next };
    });
  }

  private async answer<Row>(
    {
      request,
      reply,
      list,
      parameters,
    }: Readonly<{ request: FastifyRequest; reply: FastifyReply; list: string; parameters: PageParameters }>,
    ask: (page: PageRequest) => Promise<Page<Row>>,
  ): Promise<void> {
    await waitForMinPosition(request, this.parts.readModels);
    sendJson(reply, 200, await pageFor(this.cursors, { agency: callerOf(request).agency, list }, parameters, ask));
  }
}

function dutiesAsked({ side = 'owed-by-me', state, withinDays }: DutiesParameters, agency: string, now: number): DutiesAsked {
  const whose = { side: side === 'owed-by-me' ? 'owed-by' : 'owed-to', agency } as const;
  if (withinDays === undefined) return { ...whose, state: state ?? 'open' };
  if (state !== undefined && state !== 'open') throw invalidParameter('withinDays');
  return { ...whose, state: 'due-within', days: Number(withinDays), now };
}
