import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event } from '../../words';
import { getAgency } from '../../world/directory';
import type { Case } from '../case';
import { checkPlace, onlyOwnerOrHolder } from './left';

/** The police end their search for the missing person (公安机关结案); recorded by them, or by the station from their paper. */
export type PoliceSearchClosed = Event<
  'PoliceSearchClosed',
  {
    /**
     * The number under which the police closed it.
     * @minLength 1
     * @maxLength 60
     */
    closingNumber: string;
  }
>;
export const policeSearchClosed: EventKind<Case, PoliceSearchClosed> = {
  zh: '公安机关结束查找',
  basis: '[P] dossier 5.1',
  apply: (state) => ({ ...state, leaving: { ...state.leaving, policeClosed: true } }),
};

export type ClosePoliceSearch = Command<'ClosePoliceSearch', PoliceSearchClosed['data']>;
export const closePoliceSearch: CommandKind<Case, ClosePoliceSearch, PoliceSearchClosed> = {
  zh: '登记公安机关结束查找',
  by: ['POLICE', 'STATION'],
  decide: ({ data, by, at }, state, { world }) => {
    if (getAgency(world, by.agency, at).kind === 'STATION') onlyOwnerOrHolder(state, by);
    checkPlace(state, 'ClosePoliceSearch');
    return state.leaving.policeClosed ? [] : [{ type: 'PoliceSearchClosed', data }];
  },
};
