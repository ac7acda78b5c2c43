import { compareInstants } from '@guitu/standards';
import { about, isOwed, type DutyBook, type Opening } from '../../../duties/duty';
import type { Instant } from '../../../words';
import type { Case } from '../../case';
import { arrivalOf, findLoop, type Loop } from '../loops';
import { loopOrLifeEnded, type FeedbackDuty } from './about-loop';

/**
 * D-F5: the home visit, 30 days after arrival; opened when the returnee is first known to be at home, and once more when a closed loop is taken
 * up again, 30 days from then on.
 */
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
      return { about: data.loopId, owedBy: meta.by, owedTo: 'PERSON', from: firstDayAtHome(state, loop) };
    },
    LoopReopened: ({ data }, state, _world, duties) => visitedAnew(state, data.loopId, duties),
    ReturneeDisputeRejected: ({ data }, state, _world, duties) => visitedAnew(state, data.loopId, duties),
  },
  dischargedBy: { HomeVisitRecorded: about('loopId') },
  lapsesOn: { ...loopOrLifeEnded, HomelessPlacementDecided: about('loopId') },
};

/** Who came home after the loop was taken up again is not visited late for that. */
function firstDayAtHome(state: Case, loop: Loop): Instant {
  const home = arrivalOf(state, loop) ?? loop.expectedArrival;
  return loop.reopenedAt !== null && compareInstants(loop.reopenedAt, home) > 0 ? loop.reopenedAt : home;
}

/** The visit that a loop taken up again wants. While its identity is disputed nobody is visited. */
function visitedAnew(state: Case, loopId: string, duties: DutyBook): Opening | undefined {
  const loop = findLoop(state, loopId);
  if (loop?.phase !== 'RECEIVED' || loop.reopenedAt === null) return undefined;
  const wanted = loop.evidence.reception !== undefined && loop.evidence.visit === undefined;
  return wanted && !isOwed(duties, 'D-F5', loopId) ? { about: loopId, owedBy: loop.addressee ?? undefined, owedTo: 'PERSON' } : undefined;
}
