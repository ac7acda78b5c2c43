import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { notNow } from '../only-owner';
import type { DnaResult } from './identity';
import type { Candidate } from './reply-police-verification';

/** The police say what the comparison gave (比对反馈). */
export type DnaResultReplied = Event<
  'DnaResultReplied',
  { sampleNumber: LocalId; result: DnaResult; candidate?: Personal<'identity', Candidate> }
>;
export const dnaResultReplied: EventKind<Case, DnaResultReplied> = {
  zh: '比对反馈',
  basis: '2015 opinion [X]',
  sealed: { candidate: 'identity' },
  apply: (state, { sampleNumber, result }) => {
    const request = state.identity.dna[sampleNumber];
    if (request === undefined) return state;
    const dna = { ...state.identity.dna, [sampleNumber]: { ...request, answered: true, result } };
    return { ...state, identity: { ...state.identity, dna } };
  },
};

export type ReplyDnaResult = Command<'ReplyDnaResult', DnaResultReplied['data']>;
export const replyDnaResult: CommandKind<Case, ReplyDnaResult, DnaResultReplied> = {
  zh: '反馈比对结果',
  by: ['POLICE'],
  decide: ({ data, by }, { identity }) => {
    const request = Object.hasOwn(identity.dna, data.sampleNumber) ? identity.dna[data.sampleNumber] : undefined;
    if (request === undefined)
      throw new Refusal('unknown-reference', `There is no sample ${data.sampleNumber}.`, { pointer: '/sampleNumber' });
    if (request.to !== by.agency) throw new Refusal('ACT-WRONG-AGENCY', 'Only the police that were asked answer.');
    if (request.answered && request.result === data.result) return [];
    if (request.answered) throw notNow(`The comparison was answered with ${request.result ?? ''}.`, 'RequestDnaSampling');
    if (data.result !== 'HIT' && data.candidate !== undefined)
      throw new Refusal('validation-failed', 'Only a hit names a candidate.', { pointer: '/candidate' });
    return [{ type: 'DnaResultReplied', data }];
  },
};
