import { startOfDay, type CalendarDate } from '@guitu/standards';
import { Refusal } from '../refusal';
import type { CommandKind, EventKind } from '../stream-kind';
import type { AgencyId, Command, Event } from '../words';
import { getAgency } from '../world/directory';
import type { Agency } from './agency';

/** The agency works no more from a day on (机构撤销); `successor` takes its place. */
export type AgencyClosed = Event<'AgencyClosed', { effectiveFrom: CalendarDate; successor?: AgencyId }>;
export const agencyClosed: EventKind<Agency, AgencyClosed> = {
  zh: '机构撤销',
  basis: '[P] dossier 4.13',
  parties: { successor: true },
  apply: (state, { effectiveFrom, successor }) => ({
    ...state,
    closedFrom: effectiveFrom,
    ...(successor === undefined ? {} : { successor }),
  }),
};

export type CloseAgency = Command<'CloseAgency', AgencyClosed['data']>;
export const closeAgency: CommandKind<Agency, CloseAgency, AgencyClosed> = {
  zh: '撤销机构',
  by: [],
  role: 'registrar',
  decide: ({ data }, state, { world }) => {
    const { effectiveFrom, successor } = data;
    if (state.closedFrom === effectiveFrom && state.successor === successor) return [];
    if (state.closedFrom !== undefined)
      throw new Refusal('AGN-CLOSED', `The agency ${state.id} is closed from ${state.closedFrom} on already.`);
    if (effectiveFrom <= state.openFrom)
      throw new Refusal('validation-failed', `The agency works from ${state.openFrom} on; it can only close later.`, {
        pointer: '/effectiveFrom',
      });
    if (successor === state.id) throw new Refusal('validation-failed', 'An agency does not succeed itself.', { pointer: '/successor' });
    if (successor !== undefined) getAgency(world, successor, startOfDay(effectiveFrom), '/successor');
    return [{ type: 'AgencyClosed', data }];
  },
};
