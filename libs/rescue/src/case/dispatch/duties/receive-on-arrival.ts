import { about, type DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { findDispatch } from '../../dispatch/dispatches';
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
    HandoverOffered: ({ data }, state) => {
      const dispatch = data.dispatchId === undefined ? undefined : findDispatch(state, data.dispatchId);
      const awaited = dispatch === undefined ? undefined : signatureOf(dispatch);
      return awaited?.leg === 'arrival' ? { about: data.handoverId, owedBy: data.to, owedTo: 'PERSON' } : undefined;
    },
  },
  dischargedBy: { DispatchArrivalHandedOver: about('handoverId') },
  lapsesOn: {
    // A rejection on arrival refuses the open offer first.
    HandoverRefused: about('handoverId'),
    HandoverWithdrawn: about('handoverId'),
    DispatchCancelled: true,
    DeathRecorded: true,
  },
};
