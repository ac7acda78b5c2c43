import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Instant, LocalId } from '../../words';
import type { Case } from '../case';
import { notNow } from '../only-owner';
import { checkFit } from './departure-guards';
import { withDispatch } from './dispatches';
import { onlyCarrier } from './interrupt-dispatch';
import { checkStep, getDispatch } from './steps';

/** The journey goes on (恢复行程). Who was in hospital meanwhile has been certified fit anew. */
export type DispatchResumed = Event<
  'DispatchResumed',
  {
    dispatchId: LocalId;
    /** As it is seen now; the one before unless said. */
    expectedArrival?: Instant;
  }
>;
export const dispatchResumed: EventKind<Case, DispatchResumed> = {
  zh: '恢复行程',
  basis: '[P] dossier P5(8)',
  apply: (state, { dispatchId, expectedArrival }) => ({
    ...withDispatch(state, dispatchId, (dispatch) => ({
      phase: 'DEPARTED',
      expectedArrival: expectedArrival ?? dispatch.expectedArrival,
    })),
    location: 'IN_TRANSIT',
  }),
};

export type ResumeDispatch = Command<'ResumeDispatch', DispatchResumed['data']>;
export const resumeDispatch: CommandKind<Case, ResumeDispatch, DispatchResumed> = {
  zh: '登记恢复行程',
  by: ['STATION'],
  decide: ({ data, by, at }, state) => {
    const dispatch = getDispatch(state, data.dispatchId);
    onlyCarrier(dispatch, by);
    if (dispatch.phase === 'DEPARTED') return [];
    checkStep(dispatch, 'ResumeDispatch');
    if (state.custody.holder !== by.agency)
      throw new Refusal('DSP-NOT-IN-CUSTODY', 'Another agency has the person and hands the person back first.');
    if (!['IN_TRANSIT', 'IN_STATION', 'REGISTERED'].includes(state.location)) throw notNow(`The person is ${state.location}.`);
    if (state.location !== 'IN_TRANSIT') checkFit(state, at);
    return [{ type: 'DispatchResumed', data }];
  },
};
