import type { AgencyId, LocalId } from '../../words';

/** A refusal on its way up (拒收逐级上报). `rungs` are the civil affairs departments it has reached, lowest first. */
export type Escalation = Readonly<{
  escalationId: LocalId;
  dispatchId: LocalId;
  phase: 'OPEN' | 'DECIDED' | 'CLOSED';
  rungs: readonly AgencyId[];
  /** Which rungs have taken it up. */
  coordinating: readonly AgencyId[];
  decision: string | null;
}>;
export type Ladder = Readonly<Record<LocalId, Escalation>>;
export const noLadder: Ladder = {};
