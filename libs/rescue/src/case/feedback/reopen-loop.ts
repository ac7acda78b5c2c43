import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkNotBefore } from './loop-letters';
import { isAddressee, isSender } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop, type Loop } from './loops';

/** A closed loop is taken up again (闭环重启): repeat wandering, a corrected identity, late hardship. It wants its visit and answer anew, with limits from then on. */
export type LoopReopened = Event<
  'LoopReopened',
  {
    loopId: LocalId;
    why: 'REPEAT_WANDERING' | 'IDENTITY_CORRECTION' | 'LATE_HARDSHIP';
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
  }
>;
export const loopReopened: EventKind<Case, LoopReopened> = {
  zh: '闭环重启',
  basis: '[P] dossier 5.3',
  sealed: { reason: 'narrative' },
  apply: (state, { loopId, why }, { at }) =>
    withLoop(state, loopId, (loop) => ({
      phase: why === 'IDENTITY_CORRECTION' ? 'DISPUTED' : 'RECEIVED',
      since: at,
      reopenedAt: at,
      notArrived: false,
      outcomeLetterId: null,
      evidence: evidenceKept(loop),
    })),
};

/** A report that nobody arrived does not stand for a reception any more. */
function evidenceKept({ evidence, notArrived }: Loop): Loop['evidence'] {
  const { visit: _visit, outcome: _outcome, outcomeReceipt: _receipt, reception, ...kept } = evidence;
  return reception === undefined || notArrived ? kept : { ...kept, reception };
}

export type ReopenLoop = Command<'ReopenLoop', LoopReopened['data']>;
export const reopenLoop: CommandKind<Case, ReopenLoop, LoopReopened> = {
  zh: '重启闭环',
  by: [],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    if (!isSender(loop, by, aid) && !isAddressee(loop, by, aid))
      throw new Refusal('ACT-WRONG-AGENCY', 'Only the two sides of the loop take it up again.');
    checkStep(loop, 'ReopenLoop');
    checkNotBefore(at, loop.since);
    return [{ type: 'LoopReopened', data }];
  },
};
