import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkNotBefore } from './loop-letters';
import { checkAddressee, outflowKinds } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop } from './loops';

/** The returnee did not arrive (未到达): the inflow side learns it, and the police if the person is vulnerable (dossier P7(6)). */
export type ReturneeNotArrived = Event<
  'ReturneeNotArrived',
  {
    loopId: LocalId;
    policeInformed: boolean;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const returneeNotArrived: EventKind<Case, ReturneeNotArrived> = {
  zh: '未到',
  basis: '[P] dossier P7(6)',
  sealed: { note: 'narrative' },
  apply: (state, { loopId }, { id, at }) =>
    withLoop(state, loopId, ({ evidence }) => ({
      phase: 'NOT_ARRIVED',
      since: at,
      notArrived: true,
      evidence: { ...evidence, reception: id },
    })),
};

export type ReportNotArrived = Command<'ReportNotArrived', ReturneeNotArrived['data']>;
export const reportNotArrived: CommandKind<Case, ReportNotArrived, ReturneeNotArrived> = {
  zh: '报告未到',
  by: outflowKinds,
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkAddressee(loop, by, aid);
    if (loop.phase === 'NOT_ARRIVED') return [];
    checkStep(loop, 'ReportNotArrived');
    checkNotBefore(at, loop.departedAt);
    if (state.custody.holder === by.agency)
      throw new Refusal('illegal-transition', 'The agency signed for this person: the person has arrived.', {
        allowed: ['ConfirmReception'],
      });
    return [{ type: 'ReturneeNotArrived', data }];
  },
};
