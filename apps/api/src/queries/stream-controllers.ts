import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readingRuleOf, type ReadingRule } from '@guitu/access';
import type { StreamHistory } from '@guitu/history';
import { kindAbout, partiesOf, wordsOfCase, type AnyStreamKind, type Case, type Situation, type World } from '@guitu/rescue';
import { API_PARTS, type ApiParts } from '../api-parts';
import { checkId } from '../commands/command-request';
import type { IdRule } from '../commands/command-routes';
import { Policy } from '../http/route-policy';
import { readerOf, statedReader } from '../http/reader-of';
import { callerOf, languageOfRequest, sendJson } from '../http/requests';
import { Problem, type Language } from '../problems/problem';
import { pageFor } from './agency-controller';
import { Cursors } from './cursor';
import { minPositionOf, waitForMinPosition } from './min-position';
import { NoParameters, PageParameters, readParameters } from './parameters';
import { ReadCustody, ReadDisclosures, ReadStream, ReadTimeline } from './read-queries';
import { eventView } from './event-view';

const eventIdPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What every kind of stream shows of itself: where it stands, its timeline, one event of it. */
abstract class StreamPages {
  private readonly cursors: Cursors;

  constructor(
    protected readonly queries: QueryBus,
    protected readonly parts: ApiParts,
    private readonly kind: AnyStreamKind,
    private readonly id: IdRule,
  ) {
    this.cursors = new Cursors(parts.keyring);
  }

  async state(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    readParameters(NoParameters, request.query);
    minPositionOf(request);
    const { id, history } = await this.readable(request);
    const { situation, events } = history;
    const language = languageOfRequest(request);
    void reply
      .header('etag', `"v${situation.version}"`)
      .header('guitu-position', String(events.at(-1)?.position ?? 0n))
      .header('content-language', language);
    sendJson(reply, 200, {
      [`${this.kind.category}Id`]: id,
      version: situation.version,
      position: events.at(-1)?.position ?? 0n,
      state: situation.state,
      duties: Object.values(situation.duties.open),
      breaches: situation.duties.breaches,
      participants: [...situation.parties].sort(),
      words: wordsOf(this.kind, situation, await this.parts.world(), language),
    });
  }

  async timeline(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const parameters = readParameters(PageParameters, request.query);
    const stated = statedReader(request);
    const { id, rule } = await this.readable(request);
    const stream = `${this.kind.category}-${id}`;
    await waitForMinPosition(request, this.parts.readModels);
    const use = { agency: callerOf(request).agency, list: `timeline ${stream}` };
    const page = await pageFor(this.cursors, use, parameters, (asked) => this.queries.execute(new ReadTimeline(stream, asked)));
    const rows = await this.parts.gate.open(
      readerOf(stated, rule),
      page.rows.map((tree) => ({ stream, tree })),
    );
    sendJson(reply, 200, { rows, next: page.next });
  }

  async event(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    readParameters(NoParameters, request.query);
    const eventId = checkId((request.params as { eventId: string }).eventId, eventIdPattern);
    const stated = statedReader(request);
    const { id, rule, history } = await this.readable(request);
    const found = history.events.find(({ meta }) => meta.id === eventId);
    if (found === undefined) throw new Problem('not-found');
    const tree = eventView(this.kind, found, callerOf(request));
    const [opened] = await this.parts.gate.open(readerOf(stated, rule), [{ stream: `${this.kind.category}-${id}`, tree }]);
    sendJson(reply, 200, opened);
  }

  async custody(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const parameters = readParameters(PageParameters, request.query);
    const { id } = await this.readable(request);
    await waitForMinPosition(request, this.parts.readModels);
    const use = { agency: callerOf(request).agency, list: `custody ${id}` };
    sendJson(reply, 200, await pageFor(this.cursors, use, parameters, (asked) => this.queries.execute(new ReadCustody(id, asked))));
  }

  /** Who read personal values of the case, what for and by which rule; which member of staff it was, their agency tells by the request. */
  async disclosures(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const parameters = readParameters(PageParameters, request.query);
    const { id } = await this.readable(request);
    await waitForMinPosition(request, this.parts.readModels);
    const use = { agency: callerOf(request).agency, list: `disclosures ${id}` };
    sendJson(reply, 200, await pageFor(this.cursors, use, parameters, (asked) => this.queries.execute(new ReadDisclosures(id, asked))));
  }

  /** The stream and the rule by which the caller may know of it; one that does not exist gets the same answer as one that is not theirs. */
  private async readable(request: FastifyRequest): Promise<Readonly<{ id: string; rule: ReadingRule; history: StreamHistory }>> {
    const id = checkId((request.params as { id: string }).id, this.id.pattern);
    const history = await this.queries.execute(new ReadStream(this.kind, id));
    const { situation } = history;
    const about = kindAbout(this.kind);
    const other = about === undefined ? undefined : (await this.queries.execute(new ReadStream(about, id))).situation;
    const rule = readingRuleOf(callerOf(request), this.kind.collection, partiesOf(situation, other));
    if (situation.version === 0 || rule === undefined) throw new Problem('not-found');
    return { id, rule, history };
  }
}

/** The state in sentences, for the kinds of stream that have them. */
function wordsOf(kind: AnyStreamKind, situation: Situation, world: World, language: Language): readonly string[] {
  return kind.category === 'case' ? wordsOfCase(kind, situation as Situation<Case>, world, language) : [];
}

type Page = 'state' | 'timeline' | 'event' | 'custody' | 'disclosures';

/** The pages of one kind of stream under its collection; a case also shows its custody line, and who read of it. */
export function streamController(kind: AnyStreamKind, id: IdRule): Type {
  class StreamController extends StreamPages {
    constructor(queries: QueryBus, parts: ApiParts) {
      super(queries, parts, kind, id);
    }
  }
  Controller(`v1/${kind.collection}`)(StreamController);
  Inject(QueryBus)(StreamController, undefined, 0);
  Inject(API_PARTS)(StreamController, undefined, 1);
  const add = (path: string, page: Page): void => {
    const descriptor: PropertyDescriptor = {
      configurable: true,
      value(this: StreamPages, request: FastifyRequest, reply: FastifyReply): Promise<void> {
        return StreamPages.prototype[page].call(this, request, reply);
      },
    };
    Object.defineProperty(StreamController.prototype, page, descriptor);
    Req()(StreamController.prototype, page, 0);
    Res()(StreamController.prototype, page, 1);
    Get(path)(StreamController.prototype, page, descriptor);
    Policy('participants')(StreamController.prototype, page, descriptor);
  };
  add(':id', 'state');
  add(':id/timeline', 'timeline');
  add(':id/events/:eventId', 'event');
  if (kind.category === 'case') {
    add(':id/custody', 'custody');
    add(':id/disclosures', 'disclosures');
  }
  return StreamController;
}
