import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Actor, Command, DivisionCode, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkDivisionKnown } from '../encounter/place';
import { checkNoOpenSignature } from './cancel-dispatch';
import { carrierNow, withDispatch, type Dispatch } from './dispatches';
import { checkStep, getDispatch } from './steps';

/** What stops a journey; a death has its own record. */
export type InterruptionCause = 'ILLNESS' | 'LOST' | 'TRAFFIC' | 'REFUSED_BY_PERSON' | 'OTHER';

/** The journey stops on the way (途中中断): illness, an accident, flight. Custody stays where it is. */
export type DispatchInterrupted = Event<
  'DispatchInterrupted',
  {
    dispatchId: LocalId;
    cause: Personal<'health', InterruptionCause>;
    division?: DivisionCode;
    /** @maxLength 200 */
    where?: Personal<'narrative'>;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const dispatchInterrupted: EventKind<Case, DispatchInterrupted> = {
  zh: '途中中断',
  basis: '[P] dossier P5(8)',
  sealed: { cause: 'health', where: 'narrative', note: 'narrative' },
  apply: (state, { dispatchId }) => withDispatch(state, dispatchId, () => ({ phase: 'INTERRUPTED' })),
};

export type InterruptDispatch = Command<'InterruptDispatch', DispatchInterrupted['data']>;
export const interruptDispatch: CommandKind<Case, InterruptDispatch, DispatchInterrupted> = {
  zh: '登记途中中断',
  by: ['STATION'],
  decide: ({ data, by, at }, state) => {
    const dispatch = getDispatch(state, data.dispatchId);
    onlyCarrier(dispatch, by);
    if (dispatch.phase === 'INTERRUPTED') return [];
    checkStep(dispatch, 'InterruptDispatch');
    if (data.division !== undefined) checkDivisionKnown(data.division, at, '/division');
    checkNoOpenSignature(state, data.dispatchId);
    return [{ type: 'DispatchInterrupted', data }];
  },
};

/** Refuses everybody but the carrier of the leg under way. */
export function onlyCarrier(dispatch: Dispatch, by: Actor): void {
  if (carrierNow(dispatch) !== by.agency) throw new Refusal('ACT-WRONG-AGENCY', 'Only the carrier of the leg under way records this.');
}
