import type { CalendarDate } from '@guitu/standards';
import type { CommandKind, EventKind } from '../stream-kind';
import type { Command, DivisionCode, Event } from '../words';
import { valueOn, withEntry, type Agency } from './agency';
import { checkDivision, checkWorksOn } from './effective-day';

/** The agency works in another division from a day on (机构所属区划变更), e.g. because its code was retired. */
export type AgencyMoved = Event<'AgencyMoved', { division: DivisionCode; effectiveFrom: CalendarDate }>;
export const agencyMoved: EventKind<Agency, AgencyMoved> = {
  zh: '机构所属区划变更',
  basis: '[P] dossier 4.13',
  apply: (state, { division, effectiveFrom }) => ({ ...state, divisions: withEntry(state.divisions, effectiveFrom, division) }),
};

export type MoveAgency = Command<'MoveAgency', AgencyMoved['data']>;
export const moveAgency: CommandKind<Agency, MoveAgency, AgencyMoved> = {
  zh: '变更机构所属区划',
  by: [],
  role: 'registrar',
  decide: ({ data }, state) => {
    checkWorksOn(state, data.effectiveFrom);
    checkDivision(data.division, data.effectiveFrom);
    return valueOn(state.divisions, data.effectiveFrom) === data.division ? [] : [{ type: 'AgencyMoved', data }];
  },
};
