import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event } from '../../words';
import type { Case } from '../case';
import { notNow } from '../only-owner';
import type { HelpMode } from './encounter';

/** The person was told where to get help, or shown the way (告知求助渠道; Order 381 art 5). */
export type PersonInformedOfHelp = Event<'PersonInformedOfHelp', { mode: HelpMode; cardGiven: boolean }>;
export const personInformedOfHelp: EventKind<Case, PersonInformedOfHelp> = {
  zh: '告知求助渠道',
  basis: 'S002-A1 §3(1)1; Order 381 art 5',
  apply: (state, { mode }) => ({ ...state, encounter: { ...state.encounter, informed: mode } }),
};

export type InformOfHelp = Command<'InformOfHelp', PersonInformedOfHelp['data']>;
export const informOfHelp: CommandKind<Case, InformOfHelp, PersonInformedOfHelp> = {
  zh: '告知求助渠道',
  by: [],
  decide: ({ data }, { encounter }) => {
    if (!encounter.recorded) throw notNow('Nobody was found on the street in this case.');
    if (encounter.informed === data.mode) return [];
    return [{ type: 'PersonInformedOfHelp', data }];
  },
};
