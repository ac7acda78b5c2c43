import { dateInChina, startOfDay, type CalendarDate } from '@guitu/standards';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, Instant, LocalId, Personal } from '../../words';
import { isInCare, type Case } from '../case';
import { checkCustodyOrder, custodyEnded } from '../custody';
import { checkNotBefore } from './loop-letters';
import { checkAddressee, outflowKinds } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop, type Loop, type Whereabouts } from './loops';

/** The outflow side has matched the information and received the person (信息对接和人员接收, S001 §2(5)), or knows the person to be at home. */
export type ReturneeReceptionConfirmed = Event<
  'ReturneeReceptionConfirmed',
  {
    loopId: LocalId;
    whereabouts: Whereabouts;
    arrivedOn?: CalendarDate;
    /** @maxLength 200 */
    place?: Personal<'contact'>;
  }
>;
export const returneeReceptionConfirmed: EventKind<Case, ReturneeReceptionConfirmed> = {
  zh: '接收确认',
  basis: 'S001 §2(5)',
  sealed: { place: 'contact' },
  apply: (state, { loopId, whereabouts, arrivedOn }, { id, by, at }) => {
    const received = withLoop(state, loopId, (loop) => ({
      phase: 'RECEIVED',
      since: at,
      whereabouts,
      arrivedAt: arrivedOn === undefined ? loop.arrivedAt : startOfDay(arrivedOn),
      homeKnownBy: loop.homeKnownBy ?? (isHome(whereabouts) ? id : null),
      evidence: { ...loop.evidence, reception: id },
    }));
    return endsCustody(state, whereabouts, by) ? { ...received, custody: custodyEnded(state.custody, at) } : received;
  },
};

const isHome = (whereabouts: Whereabouts): boolean => whereabouts === 'AT_HOME' || whereabouts === 'WITH_RELATIVES';

/** Custody ends when its holder states that a person who has left the inflow side is at home. */
const endsCustody = (state: Case, whereabouts: Whereabouts, by: AgencyId): boolean =>
  state.custody.holder === by && isHome(whereabouts) && !isInCare(state);

/** Given again when the person moves on, e.g. from the station to the family. */
export type ConfirmReception = Command<'ConfirmReception', ReturneeReceptionConfirmed['data']>;
export const confirmReception: CommandKind<Case, ConfirmReception, ReturneeReceptionConfirmed> = {
  zh: '确认接收',
  by: outflowKinds,
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkAddressee(loop, by, aid);
    if (loop.phase !== 'CANCELLED' && loop.evidence.reception !== undefined && loop.whereabouts === data.whereabouts) return [];
    checkStep(loop, 'ConfirmReception');
    checkNotBefore(at, loop.departedAt);
    checkArrival(loop, data.arrivedOn, at);
    if (endsCustody(state, data.whereabouts, by.agency)) checkCustodyOrder(state.custody, at);
    return [{ type: 'ReturneeReceptionConfirmed', data }];
  },
};

function checkArrival(loop: Loop, arrivedOn: CalendarDate | undefined, at: Instant): void {
  if (arrivedOn === undefined) return;
  checkNotBefore(startOfDay(arrivedOn), startOfDay(dateInChina(loop.departedAt)));
  checkNotBefore(at, startOfDay(arrivedOn));
}
