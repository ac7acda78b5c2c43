import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkNotBefore } from './loop-letters';
import { checkAddressee, outflowKinds } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop } from './loops';

/** The outflow side doubts that the returnee is whom the letter names (身份存疑). */
export type ReturneeIdentityDisputed = Event<
  'ReturneeIdentityDisputed',
  {
    loopId: LocalId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
  }
>;
export const returneeIdentityDisputed: EventKind<Case, ReturneeIdentityDisputed> = {
  zh: '身份存疑',
  basis: '[P] dossier 5.3',
  sealed: { reason: 'narrative' },
  apply: (state, { loopId }, { at }) => withLoop(state, loopId, () => ({ phase: 'DISPUTED', since: at })),
};

export type DisputeReturneeIdentity = Command<'DisputeReturneeIdentity', ReturneeIdentityDisputed['data']>;
export const disputeReturneeIdentity: CommandKind<Case, DisputeReturneeIdentity, ReturneeIdentityDisputed> = {
  zh: '提出身份存疑',
  by: outflowKinds,
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkAddressee(loop, by, aid);
    if (loop.phase === 'DISPUTED') return [];
    checkStep(loop, 'DisputeReturneeIdentity');
    checkNotBefore(at, loop.departedAt);
    return [{ type: 'ReturneeIdentityDisputed', data }];
  },
};
