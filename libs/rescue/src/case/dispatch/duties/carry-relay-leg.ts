import { about, type DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';

/** The relay station takes over the person whom a county station hands to it for the way across the province border. */
export const carryRelayLeg: DutyRule<Case, CaseEvent> = {
  key: 'D-R7',
  zh: '承接跨省护送',
  en: 'take over the cross-province escort',
  basis: 'S003 §2(3)3',
  force: 'ordinary',
  limit: 'duty.D-R7',
  opens: {
    HandoverOffered: ({ data }) =>
      data.kind === 'STATION_RELAY' ? { about: data.handoverId, owedBy: data.to, owedTo: data.from } : undefined,
  },
  dischargedBy: { HandoverAccepted: about('handoverId') },
  lapsesOn: {
    HandoverRefused: about('handoverId'),
    HandoverWithdrawn: about('handoverId'),
    DispatchCancelled: true,
    DeathRecorded: true,
  },
};
