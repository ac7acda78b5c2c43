import type { CalendarDate } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event } from '../../words';
import type { Case } from '../case';
import { openHandover } from '../handover/handovers';
import { onlyOwner } from '../only-owner';
import { checkPlace } from './left';

/** The file is complete and put away (结案归档). Open feedback loops go on. */
export type CaseArchived = Event<
  'CaseArchived',
  {
    /**
     * The papers in the file, by name.
     * @minItems 1
     * @maxItems 100
     */
    checklist: readonly ArchivedPaper[];
    /** The last day on which it is kept, or for ever. */
    retention: CalendarDate | 'PERMANENT';
  }
>;
/**
 * @minLength 1
 * @maxLength 100
 */
export type ArchivedPaper = string;
export const caseArchived: EventKind<Case, CaseArchived> = {
  zh: '结案归档',
  basis: 'S003 §2(3)5',
  apply: (state, { retention }, { at }) => ({
    ...state,
    location: 'ARCHIVED',
    locationBefore: state.location,
    leaving: { ...state.leaving, archivedAt: at, keptUntil: retention, reopened: false },
  }),
};

export type ArchiveCase = Command<'ArchiveCase', CaseArchived['data']>;
export const archiveCase: CommandKind<Case, ArchiveCase, CaseArchived> = {
  zh: '结案归档',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    if (state.location === 'ARCHIVED') return [];
    const missing = unfinished(state);
    if (missing.length > 0) throw new Refusal('ARC-INCOMPLETE', 'The file is not complete.', { missing });
    checkPlace(state, 'ArchiveCase');
    return [{ type: 'CaseArchived', data }];
  },
};

/** What must end before a file is put away. A hospital stay ends with death. */
function unfinished({ handovers, hospital, location }: Case): readonly string[] {
  const handover = openHandover(handovers);
  const inHospital = hospital.staysAt !== null && !hospital.discharged && location !== 'DECEASED';
  return [
    ...(handover === undefined ? [] : [`open handover ${handover.handoverId}`]),
    ...(inHospital ? ['open hospital stay'] : []),
    ...(location === 'MISSING' ? ['open search for the missing person'] : []),
  ];
}
