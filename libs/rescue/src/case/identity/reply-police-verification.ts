import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, DivisionCode, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { notNow } from '../only-owner';
import type { CitizenIdNumber } from './citizen-id-number';
import type { VerificationResult } from './identity';

/** Who the police think it is. A finding for the owner to weigh, no confirmation. */
export type Candidate = Readonly<{
  /**
   * @minLength 1
   * @maxLength 60
   */
  name: string;
  idNumber?: CitizenIdNumber;
  homeDivision?: DivisionCode;
  /** @maxLength 200 */
  home?: string;
}>;

/** The police answer (协查反馈). `BEYOND_AUTHORITY`: their level cannot find out. */
export type PoliceVerificationReplied = Event<
  'PoliceVerificationReplied',
  { queryId: LocalId; result: VerificationResult; candidate?: Personal<'identity', Candidate> }
>;
export const policeVerificationReplied: EventKind<Case, PoliceVerificationReplied> = {
  zh: '协查反馈',
  basis: 'S001 §2(2)',
  sealed: { candidate: 'identity' },
  apply: (state, { queryId, result }) => {
    const query = state.identity.queries[queryId];
    if (query === undefined) return state;
    const queries = { ...state.identity.queries, [queryId]: { ...query, answered: true, result } };
    return { ...state, identity: { ...state.identity, queries } };
  },
};

export type ReplyPoliceVerification = Command<'ReplyPoliceVerification', PoliceVerificationReplied['data']>;
export const replyPoliceVerification: CommandKind<Case, ReplyPoliceVerification, PoliceVerificationReplied> = {
  zh: '反馈协查结果',
  by: ['POLICE'],
  decide: ({ data, by }, { identity }) => {
    const query = Object.hasOwn(identity.queries, data.queryId) ? identity.queries[data.queryId] : undefined;
    if (query === undefined) throw new Refusal('unknown-reference', `There is no query ${data.queryId}.`, { pointer: '/queryId' });
    if (query.to !== by.agency) throw new Refusal('ACT-WRONG-AGENCY', 'Only the police that were asked answer.');
    if (query.answered && query.result === data.result) return [];
    if (query.answered) throw notNow(`The query was answered with ${query.result ?? ''}.`, 'RequestPoliceVerification');
    if (data.result !== 'HIT' && data.candidate !== undefined)
      throw new Refusal('validation-failed', 'Only a hit names a candidate.', { pointer: '/candidate' });
    return [{ type: 'PoliceVerificationReplied', data }];
  },
};
