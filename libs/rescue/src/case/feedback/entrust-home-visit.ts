import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, CalendarDate, Command, Event, LocalId, Personal } from '../../words';
import { getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { checkAddressee, outflowKinds } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop } from './loops';

/** The outflow side asks the village or residents' committee to visit (委托入户, S001 §2(5)). The committee learns only what the visit needs. */
export type HomeVisitEntrusted = Event<
  'HomeVisitEntrusted',
  {
    loopId: LocalId;
    village: AgencyId;
    visitWantedBy?: CalendarDate;
    /**
     * @minLength 1
     * @maxLength 60
     */
    name: Personal<'identity'>;
    /** @maxLength 200 */
    address?: Personal<'contact'>;
  }
>;
export const homeVisitEntrusted: EventKind<Case, HomeVisitEntrusted> = {
  zh: '委托入户',
  basis: 'S001 §2(5)',
  sealed: { name: 'identity', address: 'contact' },
  parties: { village: true },
  apply: (state, { loopId, village }) => withLoop(state, loopId, ({ villages }) => ({ villages: [...villages, village] })),
};

export type EntrustHomeVisit = Command<'EntrustHomeVisit', HomeVisitEntrusted['data']>;
export const entrustHomeVisit: CommandKind<Case, EntrustHomeVisit, HomeVisitEntrusted> = {
  zh: '委托村居入户',
  by: outflowKinds,
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkAddressee(loop, by, aid);
    if (loop.villages.includes(data.village)) return [];
    checkStep(loop, 'EntrustHomeVisit');
    getAgencyOfKind(aid.world, data.village, at, { kinds: ['VILLAGE'], pointer: '/village' });
    return [{ type: 'HomeVisitEntrusted', data }];
  },
};
