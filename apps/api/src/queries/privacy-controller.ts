import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayRead } from '@guitu/access';
import { certificateOf, certificateText, erasurePlan, NoSuchErasure, type ErasureCertificate } from '@guitu/erasure';
import { dataClasses } from '@guitu/personal-data';
import { caseStream, partiesOf, privacyStream, type AnyStreamKind } from '@guitu/rescue';
import { API_PARTS, type ApiParts } from '../api-parts';
import { checkId } from '../commands/command-request';
import type { IdRule } from '../commands/command-routes';
import { callerOf, sendJson } from '../http/requests';
import { Policy } from '../http/route-policy';
import { Problem } from '../problems/problem';
import { CertificateParameters, ErasurePlanParameters, everybody, readParameters } from './parameters';
import { ReadStream } from './read-queries';

const kindOfCase = caseStream as unknown as AnyStreamKind;
const kindOfPrivacy = privacyStream as unknown as AnyStreamKind;

/** What an erasure of a case would destroy, and what one has destroyed; for the parties of the case and auditors. No answer holds a personal value. */
export function privacyController({ pattern }: IdRule): Type {
  @Controller('v1/privacy')
  class PrivacyController {
    constructor(
      @Inject(QueryBus) private readonly queries: QueryBus,
      @Inject(API_PARTS) private readonly parts: ApiParts,
    ) {}

    /** A dry run: nothing is changed and nothing opened. It can be asked for before anything was decided. */
    @Get(':id/erasure-plan')
    @Policy('participants')
    async plan(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const asked = readParameters(ErasurePlanParameters, request.query);
      const caseId = await this.readable(request);
      const { log, readModels, keysForPlan } = this.parts;
      const rowsSealedWith = readModels.rowsSealedWith.bind(readModels);
      const named = { persons: listed(asked.persons, everybody), classes: listed(asked.classes, dataClasses) };
      sendJson(reply, 200, await erasurePlan({ log, ...keysForPlan, rowsSealedWith }, { caseId, ...named }));
    }

    /** The certificate of an erasure (删除证明), or how far it has come; as text for whoever accepts text rather than JSON. */
    @Get(':id/certificate')
    @Policy('participants')
    async certificate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const { erasureId } = readParameters(CertificateParameters, request.query);
      const certificate = await this.findCertificate(await this.readable(request), erasureId);
      if (!wantsText(request)) return void sendJson(reply, 200, certificate);
      void reply
        .code(200)
        .headers({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
        .send(`${certificateText(certificate)}\n`);
    }

    private async findCertificate(caseId: string, erasureId: string | undefined): Promise<ErasureCertificate> {
      try {
        return await certificateOf(this.parts.log, caseId, erasureId);
      } catch (error) {
        throw error instanceof NoSuchErasure ? new Problem('not-found') : error;
      }
    }

    /** The id of a case that the caller may know of; also whoever was asked to confirm an erasure may. */
    private async readable(request: FastifyRequest): Promise<string> {
      const id = checkId((request.params as { id: string }).id, pattern);
      const [about, own] = await Promise.all([
        this.queries.execute(new ReadStream(kindOfCase, id)),
        this.queries.execute(new ReadStream(kindOfPrivacy, id)),
      ]);
      const known = mayRead(callerOf(request), kindOfPrivacy.collection, partiesOf(own.situation, about.situation));
      if (about.situation.version === 0 || !known) throw new Problem('not-found');
      return id;
    }
  }
  return PrivacyController;
}

/** The parameter was checked against the same list; all of them where it is absent. */
const listed = <T extends string>(text: string | undefined, all: readonly T[]): readonly T[] =>
  text === undefined ? all : all.filter((one) => text.split(',').includes(one));

/** JSON unless text is named and JSON is not, or comes later. */
function wantsText({ headers: { accept = '' } }: FastifyRequest): boolean {
  const types = accept.split(',').map((part) => part.split(';', 1)[0]?.trim());
  const [text, json] = [types.indexOf('text/plain'), types.indexOf('application/json')];
  return text >= 0 && (json < 0 || text < json);
}
