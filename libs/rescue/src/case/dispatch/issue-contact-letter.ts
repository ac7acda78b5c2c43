import { dateInChina, parentsOf, resolveDivision } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, DivisionCode, Event, Instant, LetterNumber, LocalId, Personal } from '../../words';
import { divisionOf, feedbackAddressee, getAgencyOfKind } from '../../world/directory';
import type { World } from '../../world/world';
import type { Case } from '../case';
import { strictLetterNumber } from '../feedback/loop-letters';
import { onlyOwner } from '../only-owner';
import { checkIdentity } from './departure-guards';
import { withDispatch } from './dispatches';
import { checkStep, getDispatch } from './steps';

/**
 * The inflow station asks the outflow side to receive the person (接收联系函). Issued is delivered: the letter lies in the addressee's mailbox.
 * It can be sent again: after silence, and after a refusal that a re-check proved wrong.
 */
export type ReceptionContactLetterIssued = Event<
  'ReceptionContactLetterIssued',
  {
    dispatchId: LocalId;
    letterId: LocalId;
    letterNumber: LetterNumber;
    to: AgencyId;
    expectedArrival: Instant;
    /** @maxLength 500 */
    healthNotes?: Personal<'health'>;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const receptionContactLetterIssued: EventKind<Case, ReceptionContactLetterIssued> = {
  zh: '接收联系函',
  basis: 'Order 381 arts 7, 11; S001 §2(5)',
  sealed: { healthNotes: 'health', note: 'narrative' },
  parties: { to: true },
  apply: (state, { dispatchId, letterId, to, expectedArrival }, { at }) =>
    withDispatch(state, dispatchId, ({ letters }) => ({
      phase: 'CONTACTED',
      expectedArrival,
      letters: [...letters, { letterId, to, at }],
    })),
};

export type IssueReceptionContactLetter = Command<'IssueReceptionContactLetter', ReceptionContactLetterIssued['data']>;
export const issueReceptionContactLetter: CommandKind<Case, IssueReceptionContactLetter, ReceptionContactLetterIssued> = {
  zh: '发出接收联系函',
  by: ['STATION'],
  decide: ({ data, by, at }, state, { world }) => {
    const dispatch = getDispatch(state, data.dispatchId);
    onlyOwner(state, by);
    checkFreshLetter(state, data.letterId);
    checkStep(dispatch, 'IssueReceptionContactLetter');
    checkIdentity(state, dispatch);
    checkAnswersFor(world, { agency: data.to, destination: dispatch.destination, at });
    return [
      { type: 'ReceptionContactLetterIssued', data: { ...data, letterNumber: strictLetterNumber(data.letterNumber, '/letterNumber') } },
    ];
  },
};

function checkFreshLetter({ dispatches, feedback }: Case, letterId: LocalId): void {
  const used = Object.values(dispatches).some(({ letters }) => letters.some((letter) => letter.letterId === letterId));
  if (used || feedback.letterIds.includes(letterId))
    throw new Refusal('ID-TAKEN', `There is a letter ${letterId} already.`, { pointer: '/letterId' });
}

type Addressed = Readonly<{ agency: AgencyId; destination: DivisionCode; at: Instant }>;

/** Refuses an addressee that is no station or civil affairs department of the destination or of a division above it. */
export function checkAnswersFor(world: World, { agency, destination, at }: Addressed): void {
  getAgencyOfKind(world, agency, at, { kinds: ['STATION', 'CIVIL_AFFAIRS'], pointer: '/to' });
  const day = dateInChina(at);
  const resolved = resolveDivision(destination, day, day);
  const codes = resolved.kind === 'resolved' ? [resolved.code] : resolved.kind === 'ambiguous' ? resolved.codes : [destination];
  const places = codes.flatMap((code) => [code, ...parentsOf(code, day)]);
  const place = divisionOf(world, agency, at);
  if (place !== undefined && places.includes(place)) return;
  const right = feedbackAddressee(world, destination, at);
  throw new Refusal('validation-failed', `${agency} does not answer for ${destination}.`, {
    pointer: '/to',
    ...(right.kind === 'found' ? { expected: right.agency } : {}),
  });
}
