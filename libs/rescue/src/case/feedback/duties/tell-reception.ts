import { compareInstants } from '@guitu/standards';
import { about, type Opening } from '../../../duties/duty';
import type { Case } from '../../case';
import { findLoop } from '../loops';
import { loopEnded, type FeedbackDuty } from './about-loop';

const resultMissing = (state: Case, loopId: string): Opening | undefined => {
  const loop = findLoop(state, loopId);
  if (loop?.phase !== 'RECEIVED' || loop.evidence.reception !== undefined) return undefined;
  return { about: loopId, owedBy: loop.addressee ?? undefined, owedTo: loop.sender };
};

/** D-F4: what came of the reception, counted from the expected arrival or from the ledger entry, whichever is later. */
export const tellReception: FeedbackDuty = {
  key: 'D-F4',
  zh: '信息对接和接收结果',
  en: 'Result of matching and reception',
  basis: 'S001 §2(5)',
  force: 'ordinary',
  limit: 'duty.D-F4',
  opens: {
    ReturneeLedgered: ({ data, meta }, state) => {
      const loop = findLoop(state, data.loopId);
      if (loop === undefined) return undefined;
      const from = compareInstants(loop.expectedArrival, meta.at) > 0 ? loop.expectedArrival : meta.at;
      return { about: data.loopId, owedBy: meta.by, owedTo: loop.sender, from };
    },
    // A dispute met the duty; once it is rejected the result itself is still owed.
    ReturneeDisputeRejected: ({ data }, state) => resultMissing(state, data.loopId),
    // Nobody had arrived when the loop was closed.
    LoopReopened: ({ data }, state) => resultMissing(state, data.loopId),
  },
  dischargedBy: {
    ReturneeReceptionConfirmed: about('loopId'),
    ReturneeNotArrived: about('loopId'),
    ReturneeIdentityDisputed: about('loopId'),
  },
  lapsesOn: loopEnded,
};
