import type { CalendarDate } from '@guitu/standards';
import type { CommandKind, EventKind } from '../stream-kind';
import type { AgencyId, Command, Event } from '../words';
import { valueOn, withEntry, type Agency } from './agency';
import { checkWorksOn } from './effective-day';
import { checkSuperior } from './superior';

/** To whom the agency reports from a day on (机构隶属关系); `null`: to nobody. The ladder climbs along these lines alone. */
export type ReportingLineSet = Event<'ReportingLineSet', { reportsTo: AgencyId | null; effectiveFrom: CalendarDate }>;
export const reportingLineSet: EventKind<Agency, ReportingLineSet> = {
  zh: '机构隶属关系设定',
  basis: '[P] dossier 4.13; S001 §2(2)',
  parties: { reportsTo: true },
  apply: (state, { reportsTo, effectiveFrom }) => ({ ...state, reportsTo: withEntry(state.reportsTo, effectiveFrom, reportsTo) }),
};

export type SetReportingLine = Command<'SetReportingLine', ReportingLineSet['data']>;
export const setReportingLine: CommandKind<Agency, SetReportingLine, ReportingLineSet> = {
  zh: '设定机构隶属关系',
  by: [],
  role: 'registrar',
  decide: ({ data }, state, { world }) => {
    const { reportsTo, effectiveFrom: from } = data;
    checkWorksOn(state, from);
    if (valueOn(state.reportsTo, from) === reportsTo) return [];
    const until = state.reportsTo.find((entry) => entry.from > from)?.from;
    if (reportsTo !== null) checkSuperior(world, state.id, reportsTo, { from, ...(until === undefined ? {} : { until }) });
    return [{ type: 'ReportingLineSet', data }];
  },
};
