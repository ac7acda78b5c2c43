import { about } from '../../../duties/duty';
import { arrivalOf, findLoop } from '../loops';
import { loopOrLifeEnded, type FeedbackDuty } from './about-loop';

/** D-F5: the home visit, 30 days after arrival; opened once, when the returnee is first known to be at home. */
export const visitHome: FeedbackDuty = {
  key: 'D-F5',
  zh: '入户了解',
  en: 'Home visit',
  basis: 'S001 §2(5)',
  force: 'ordinary',
  limit: 'duty.D-F5',
  opens: {
    ReturneeReceptionConfirmed: ({ data, meta }, state) => {
      const loop = findLoop(state, data.loopId);
      if (loop === undefined || loop.homeKnownBy !== meta.id) return undefined;
      return { about: data.loopId, owedBy: meta.by, owedTo: 'PERSON', from: arrivalOf(state, loop) ?? loop.expectedArrival };
    },
  },
  dischargedBy: { HomeVisitRecorded: about('loopId') },
  lapsesOn: { ...loopOrLifeEnded, HomelessPlacementDecided: about('loopId') },
};
