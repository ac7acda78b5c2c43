import { Refusal } from '../../refusal';
import type { CommandKind } from '../../stream-kind';
import type { AgencyId, Command, LocalId } from '../../words';
import type { Case } from '../case';
import { checkCustodyOrder } from '../custody';
import { notNow } from '../only-owner';
import { legsDeparted } from './dispatches';
import type { DispatchArrivalHandedOver } from './sign-leg';
import { checkStep, getDispatch } from './steps';

/** The outflow side that fetched the person is home with the person (接回到达). It signed when it fetched the person, so nobody signs again. */
export type RecordFetchedArrival = Command<'RecordFetchedArrival', { dispatchId: LocalId }>;
export const recordFetchedArrival: CommandKind<Case, RecordFetchedArrival, DispatchArrivalHandedOver> = {
  zh: '登记接回到达',
  by: ['STATION'],
  decide: ({ data, by, at }, state) => {
    const dispatch = getDispatch(state, data.dispatchId);
    const { receiver, legs } = dispatch;
    if (receiver !== by.agency || legs.at(-1)?.carrier !== by.agency)
      throw new Refusal('ACT-WRONG-AGENCY', 'Only a receiver that carried the person itself arrives without a handover.');
    if (dispatch.phase === 'HANDED_OVER') return [];
    checkStep(dispatch, 'RecordFetchedArrival');
    const signed = signedBy(state, by.agency);
    if (legsDeparted(dispatch) < legs.length || signed === undefined) throw notNow('The person is not on the last leg.', 'DepartDispatch');
    if (state.custody.holder !== by.agency) throw new Refusal('DSP-NOT-IN-CUSTODY', 'Another agency has the person.');
    if (state.location !== 'IN_TRANSIT') throw notNow(`The person is ${state.location}.`);
    checkCustodyOrder(state.custody, at);
    return [{ type: 'DispatchArrivalHandedOver', data: { dispatchId: data.dispatchId, handoverId: signed, receiver: by.agency } }];
  },
};

/** The last handover that the agency signed: the one with which it took the person over. */
const signedBy = ({ handovers }: Case, agency: AgencyId): LocalId | undefined =>
  Object.values(handovers).findLast(({ to, phase }) => to === agency && phase === 'ACCEPTED')?.handoverId;
