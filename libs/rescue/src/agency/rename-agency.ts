import type { CalendarDate } from '@guitu/standards';
import type { CommandKind, EventKind } from '../stream-kind';
import type { Command, Event } from '../words';
import { valueOn, withEntry, type Agency } from './agency';
import { checkWorksOn } from './effective-day';

/** The agency has another name from a day on (机构更名); the older names stay valid for their days. */
export type AgencyRenamed = Event<
  'AgencyRenamed',
  {
    /**
     * @minLength 1
     * @maxLength 100
     */
    name: string;
    effectiveFrom: CalendarDate;
  }
>;
export const agencyRenamed: EventKind<Agency, AgencyRenamed> = {
  zh: '机构更名',
  basis: '[P] dossier 4.13',
  apply: (state, { name, effectiveFrom }) => ({ ...state, names: withEntry(state.names, effectiveFrom, name) }),
};

export type RenameAgency = Command<'RenameAgency', AgencyRenamed['data']>;
export const renameAgency: CommandKind<Agency, RenameAgency, AgencyRenamed> = {
  zh: '机构更名',
  by: [],
  role: 'registrar',
  decide: ({ data }, state) => {
    checkWorksOn(state, data.effectiveFrom);
    return valueOn(state.names, data.effectiveFrom) === data.name ? [] : [{ type: 'AgencyRenamed', data }];
  },
};
