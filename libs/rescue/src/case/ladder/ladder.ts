import { Refusal } from '../../refusal';
import type { AgencyId, Instant, LocalId } from '../../words';
import type { Case } from '../case';

/** What a superior can decide (CT of dossier 4.8). Only MUST_RECEIVE lets the return home go on as planned. */
export type CoordinationDecision = 'MUST_RECEIVE' | 'REDIRECT' | 'BACK_TO_IDENTITY' | 'INFLOW_KEEPS' | 'SETTLE';

/** A refusal on its way up (拒收逐级上报). `rungs` are the civil affairs departments it has reached, lowest first. */
export type Escalation = Readonly<{
  escalationId: LocalId;
  dispatchId: LocalId;
  phase: 'OPEN' | 'DECIDED' | 'CLOSED';
  rungs: readonly AgencyId[];
  /** When it reached the newest rung. */
  since: Instant;
  /** Which rungs have taken it up. */
  coordinating: readonly AgencyId[];
  decision: CoordinationDecision | null;
}>;
export type Ladder = Readonly<Record<LocalId, Escalation>>;
export const noLadder: Ladder = {};

export const findEscalation = ({ ladder }: Case, escalationId: LocalId): Escalation | undefined =>
  Object.hasOwn(ladder, escalationId) ? ladder[escalationId] : undefined;

/** The escalation; refuses an unknown one. */
export function getEscalation(state: Case, escalationId: LocalId): Escalation {
  const escalation = findEscalation(state, escalationId);
  if (escalation === undefined)
    throw new Refusal('unknown-reference', `There is no escalation ${escalationId} in this case.`, { pointer: '/escalationId' });
  return escalation;
}

/** The case with that escalation changed; unchanged when there is no such escalation. */
export function withEscalation(state: Case, escalationId: LocalId, change: (escalation: Escalation) => Partial<Escalation>): Case {
  const escalation = findEscalation(state, escalationId);
  if (escalation === undefined) return state;
  return { ...state, ladder: { ...state.ladder, [escalationId]: { ...escalation, ...change(escalation) } } };
}

const steps = {
  OPEN: ['EscalateRefusal', 'OpenCoordination', 'DecideCoordination', 'CloseEscalation'],
  DECIDED: ['CloseEscalation'],
  CLOSED: [],
} as const satisfies { readonly [P in Escalation['phase']]: readonly string[] };

/** Refuses a step that is past for this escalation, naming those that are not. */
export function checkOpen({ escalationId, phase }: Escalation, step: string): void {
  if (phase !== 'OPEN')
    throw new Refusal('illegal-transition', `Escalation ${escalationId} is ${phase}; ${step} is not possible now.`, {
      allowed: steps[phase],
    });
}

/** The department that has it now, and alone acts on it; refuses everybody else. */
export function onlyNewestRung({ rungs }: Escalation, agency: AgencyId): void {
  if (rungs.at(-1) !== agency) throw new Refusal('ACT-WRONG-AGENCY', 'Only the department that it has reached last acts on it.');
}
