import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId, Personal } from '../../words';
import { getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { checkOpen, getEscalation, onlyNewestRung, withEscalation } from './ladder';

/** A superior takes a refusal up with its counterpart (协调受理). */
export type CoordinationOpened = Event<
  'CoordinationOpened',
  {
    escalationId: LocalId;
    /** The department of the outflow side that it talks to. */
    counterpart?: AgencyId;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const coordinationOpened: EventKind<Case, CoordinationOpened> = {
  zh: '协调受理',
  basis: 'S001 §2(2); dossier P6(4)',
  sealed: { note: 'narrative' },
  parties: { counterpart: true },
  apply: (state, { escalationId }, { by }) =>
    withEscalation(state, escalationId, ({ coordinating }) => ({ coordinating: [...coordinating, by] })),
};

export type OpenCoordination = Command<'OpenCoordination', CoordinationOpened['data']>;
export const openCoordination: CommandKind<Case, OpenCoordination, CoordinationOpened> = {
  zh: '受理协调',
  by: ['CIVIL_AFFAIRS'],
  decide: ({ data, by, at }, state, { world }) => {
    const escalation = getEscalation(state, data.escalationId);
    onlyNewestRung(escalation, by.agency);
    if (escalation.coordinating.includes(by.agency)) return [];
    checkOpen(escalation, 'OpenCoordination');
    if (data.counterpart !== undefined) getAgencyOfKind(world, data.counterpart, at, { kinds: ['CIVIL_AFFAIRS'], pointer: '/counterpart' });
    return [{ type: 'CoordinationOpened', data }];
  },
};
