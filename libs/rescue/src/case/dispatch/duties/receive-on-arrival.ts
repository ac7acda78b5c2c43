import { about, isOwed, type DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { findDispatch } from '../../dispatch/dispatches';
import { noLongerInCare } from '../../no-longer-in-care';
import { signatureOf } from '../dispatch-handover';

/** Who shall receive the person does so on arrival: nobody waits at a door. */
export const receiveOnArrival: DutyRule<Case, CaseEvent> = {
  key: 'D-R4',
  zh: '到达即接收',
  en: 'receive the person on arrival',
  basis: 'S001 §2(5)',
  force: 'hard',
  limit: 'duty.D-R4',
  opens: {
    HandoverOffered: ({ data }, state, _world, duties) => {
      // A new form at the same door gives no more time.
      if (isOwed(duties, 'D-R4')) return undefined;
      const dispatch = data.dispatchId === undefined ? undefined : findDispatch(state, data.dispatchId);
      const awaited = dispatch === undefined ? undefined : signatureOf(dispatch);
      return awaited?.leg === 'arrival' ? { about: data.handoverId, owedBy: data.to, owedTo: 'PERSON' } : undefined;
    },
  },
  dischargedBy: { DispatchArrivalHandedOver: true },
  lapsesOn: {
    // A refused form alone does not: the person still stands at the door.
    ...noLongerInCare,
    DispatchRejectedOnArrival: true,
    DispatchAborted: true,
    HandoverWithdrawn: about('handoverId'),
    DispatchCancelled: true,
  },
};
