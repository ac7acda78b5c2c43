import { about } from '../../../duties/duty';
import { findLoop } from '../loops';
import { loopOrLifeEnded, type FeedbackDuty } from './about-loop';

/** D-F6: the hardship that a visit found goes to the township and the departments. */
export const passOnHardship: FeedbackDuty = {
  key: 'D-F6',
  zh: '报送困难情况',
  en: 'Report of hardship to township and departments',
  basis: 'S001 §2(5)',
  force: 'ordinary',
  limit: 'duty.D-F6',
  opens: {
    HomeVisitRecorded: ({ data, meta }, state) => {
      const loop = findLoop(state, data.loopId);
      if (loop === undefined || !data.hardshipFound) return undefined;
      const owedBy = loop.villages.includes(meta.by) ? (loop.addressee ?? undefined) : meta.by;
      return { about: data.loopId, owedBy, owedTo: 'RECORD' };
    },
  },
  dischargedBy: { HardshipReported: about('loopId') },
  lapsesOn: loopOrLifeEnded,
};
