import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import { superiorOf } from '../../world/directory';
import type { Case } from '../case';
import { findDispatch } from '../dispatch/dispatches';
import { getEscalation, withEscalation } from './ladder';

/** The inflow side notes how it ended (协调办结): after the decision, or when the outflow side agreed or the plan fell before one. */
export type EscalationClosed = Event<
  'EscalationClosed',
  {
    escalationId: LocalId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    outcome: Personal<'narrative'>;
  }
>;
export const escalationClosed: EventKind<Case, EscalationClosed> = {
  zh: '协调办结',
  basis: '[P] dossier 5.4',
  sealed: { outcome: 'narrative' },
  apply: (state, { escalationId }) => withEscalation(state, escalationId, () => ({ phase: 'CLOSED' })),
};

export type CloseEscalation = Command<'CloseEscalation', EscalationClosed['data']>;
export const closeEscalation: CommandKind<Case, CloseEscalation, EscalationClosed> = {
  zh: '办结协调',
  by: ['STATION', 'CIVIL_AFFAIRS'],
  decide: ({ data, by, at }, state, { world }) => {
    const escalation = getEscalation(state, data.escalationId);
    const department = state.owner === null ? undefined : superiorOf(world, state.owner, at);
    if (by.agency !== state.owner && by.agency !== department)
      throw new Refusal('ACT-WRONG-AGENCY', 'The station that owns the case or its civil affairs department closes it.');
    if (escalation.phase === 'CLOSED') return [];
    if (escalation.phase === 'OPEN' && findDispatch(state, escalation.dispatchId)?.phase === 'ESCALATED')
      throw new Refusal('illegal-transition', 'Nobody has decided yet, and the return home waits for it.', {
        allowed: ['EscalateRefusal', 'OpenCoordination', 'DecideCoordination'],
      });
    return [{ type: 'EscalationClosed', data }];
  },
};
