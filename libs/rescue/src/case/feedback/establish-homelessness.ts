import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkNotBefore } from './loop-letters';
import { checkAddressee, outflowKinds } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop } from './loops';

/** The returnee has no home there (确认无家可归): the government of the household place decides on a placement (S001 §2(5)). */
export type HomelessnessEstablished = Event<
  'HomelessnessEstablished',
  {
    loopId: LocalId;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const homelessnessEstablished: EventKind<Case, HomelessnessEstablished> = {
  zh: '确认无家可归',
  basis: 'S001 §2(5)',
  sealed: { note: 'narrative' },
  apply: (state, { loopId }) => withLoop(state, loopId, () => ({ homeless: true })),
};

export type EstablishHomelessness = Command<'EstablishHomelessness', HomelessnessEstablished['data']>;
export const establishHomelessness: CommandKind<Case, EstablishHomelessness, HomelessnessEstablished> = {
  zh: '确认无家可归',
  by: outflowKinds,
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkAddressee(loop, by, aid);
    if (loop.homeless) return [];
    checkStep(loop, 'EstablishHomelessness');
    checkNotBefore(at, loop.departedAt);
    return [{ type: 'HomelessnessEstablished', data }];
  },
};
