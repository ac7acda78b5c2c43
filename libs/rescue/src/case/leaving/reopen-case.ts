import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { onlyOwner } from '../only-owner';
import { checkPlace } from './left';

/** An archived file is taken up again (案件重启); the person is where it was when the file was put away. */
export type CaseReopened = Event<
  'CaseReopened',
  {
    reason: 'IDENTITY_WRONG' | 'RETURNED' | 'LATE_EVIDENCE';
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const caseReopened: EventKind<Case, CaseReopened> = {
  zh: '案件重启',
  basis: '[P] dossier 4.4',
  sealed: { note: 'narrative' },
  apply: (state) => ({
    ...state,
    location: state.locationBefore ?? 'LEFT',
    locationBefore: null,
    leaving: { ...state.leaving, archivedAt: null, keptUntil: null, reopened: true },
  }),
};

export type ReopenCase = Command<'ReopenCase', CaseReopened['data']>;
export const reopenCase: CommandKind<Case, ReopenCase, CaseReopened> = {
  zh: '重启案件',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    if (state.location !== 'ARCHIVED' && state.leaving.reopened) return [];
    checkPlace(state, 'ReopenCase');
    return [{ type: 'CaseReopened', data }];
  },
};
