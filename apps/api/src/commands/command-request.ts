import type { FastifyRequest } from 'fastify';
import { mayCommand, type Caller } from '@guitu/access';
import { canonicalText, commandId, openedCaseId, type CommandRequest } from '@guitu/history';
import { partiesOf, type Instant, type Situation } from '@guitu/rescue';
import type { ReadBody } from '../body/read-body';
import { callerOf } from '../http/requests';
import { Problem } from '../problems/problem';
import type { CommandBody, CommandValidators } from '../validation/command-validators';
import type { CommandRoute } from './command-routes';
import { readIdempotencyKey, readIfMatch } from './idempotency-key';

/** What a request asks of the desk. @throws Problem when it is not well formed */
export function commandRequest(
  route: CommandRoute,
  request: FastifyRequest,
  aid: Readonly<{ validators: CommandValidators; now: Instant }>,
): CommandRequest {
  const caller = callerOf(request);
  const key = readIdempotencyKey(request.headers['idempotency-key']);
  const expectedVersion = readIfMatch(request.headers['if-match']);
  if (request.body === undefined || request.body === null) throw new Problem('body-required');
  const given = idInAddress(route, request);
  const body = aid.validators.check(route.type, request.body as ReadBody);
  checkSameId(route, given, body);
  const id = commandId(caller.agency, caller.client, key);
  const { occurredAt, backfillReason, data } = body;
  return {
    kind: route.kind,
    streamId: given ?? openedCaseId(id),
    command: {
      type: route.type,
      data,
      by: caller,
      at: occurredAt ?? aid.now,
      ...(backfillReason === undefined ? {} : { backfillReason }),
    },
    commandId: id,
    requestText: canonicalText({ body, id: given ?? null, ifMatch: request.headers['if-match'] ?? null, route: route.path }),
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
    ...(given === undefined ? {} : { mayKnow: (situation, about) => checkMayKnow(route, caller, { situation, about }) }),
  };
}

/** The id in an address; anything that is none is refused before it is looked for. */
export function checkId(text: string, pattern: RegExp): string {
  if (!pattern.test(text)) throw new Problem('invalid-identifier');
  return text;
}

const idInAddress = ({ id }: CommandRoute, request: FastifyRequest): string | undefined =>
  id === undefined ? undefined : checkId((request.params as { id: string }).id, id.pattern);

/** An agency's entry is opened under the id that its command names. */
function checkSameId({ id }: CommandRoute, given: string | undefined, { data }: CommandBody): void {
  if (id === undefined || !Object.hasOwn(data, id.field) || data[id.field] === given) return;
  const message = 'The id in the address and in the data are the same.';
  throw new Problem('validation-failed', { faults: [{ pointer: `/data/${id.field}`, rule: 'same-id', message }] });
}

/** A stream that the caller may not know of gets the same answer as one that does not exist. */
function checkMayKnow({ kind, type }: CommandRoute, caller: Caller, { situation, about }: Standing): void {
  const parties = partiesOf(situation, about);
  if (situation.version === 0 && kind.commands[type]?.opens === undefined) throw new Problem('not-found');
  // Whoever may write a collection that everybody may read chooses its ids, and so does who takes part in what the stream is about; a derived id is
  // never opened by its address.
  const may = mayCommand(caller, kind.collection, parties);
  if (situation.version === 0 && about === undefined && may !== 'unknown') return;
  if (may === 'unknown') throw new Problem('not-found');
  if (may === 'forbidden') throw new Problem('forbidden');
}

/** Where a stream stands, and the one that it is about, if any. */
type Standing = Readonly<{ situation: Situation; about: Situation | undefined }>;
