import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkNotBefore } from './loop-letters';
import { checkSender } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop } from './loops';

/** The sender stands by the identity (身份异议不成立): the returnee counts as received. Where the doubt is right, the identity is retracted instead. */
export type ReturneeDisputeRejected = Event<
  'ReturneeDisputeRejected',
  {
    loopId: LocalId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
  }
>;
export const returneeDisputeRejected: EventKind<Case, ReturneeDisputeRejected> = {
  zh: '身份异议不成立',
  basis: '[P] dossier 5.3',
  sealed: { reason: 'narrative' },
  apply: (state, { loopId }, { at }) => withLoop(state, loopId, () => ({ phase: 'RECEIVED', since: at })),
};

export type RejectDispute = Command<'RejectDispute', ReturneeDisputeRejected['data']>;
export const rejectDispute: CommandKind<Case, RejectDispute, ReturneeDisputeRejected> = {
  zh: '驳回身份异议',
  by: ['STATION'],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkSender(loop, by, aid);
    checkStep(loop, 'RejectDispute');
    checkNotBefore(at, loop.since);
    if (state.identity.current?.version !== loop.identityVersion)
      throw new Refusal('FBK-IDENTITY-RETRACTED', 'The identity that this return rested on no longer stands.');
    return [{ type: 'ReturneeDisputeRejected', data }];
  },
};
