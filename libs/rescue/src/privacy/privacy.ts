import { Refusal } from '../refusal';
import type { AgencyId, DataClass, Instant, LocalId, Whose } from '../words';

/**
 * How far an erasure has come. From `CONFIRMED` on nobody is shown what it names, from `DESTROYED` on nobody what its keys had sealed; from `STARTED` on
 * it cannot be stopped.
 */
export type ErasurePhase = 'DECIDED' | 'WITHDRAWN' | 'CONFIRMED' | 'STARTED' | 'DESTROYED' | 'COMPLETED';

/** A legal hold (留存保全): while one is in force, no key of the case is destroyed. */
export type LegalHold = Readonly<{ holdId: LocalId; placedBy: AgencyId; inForce: boolean }>;

/** One version of one key, by the names that the sealed values carry. Nobody can tell from them whose it was. */
export type DestroyedKey = Readonly<{
  /**
   * The random reference of the subject.
   * @pattern ^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$
   */
  subject: string;
  class: DataClass;
  /**
   * @asType integer
   * @minimum 1
   * @maximum 1000000
   */
  version: number;
}>;

/** An erasure (删除): whose values of which classes become unreadable for ever. */
export type Erasure = Readonly<{
  erasureId: LocalId;
  phase: ErasurePhase;
  persons: readonly Whose[];
  classes: readonly DataClass[];
  decidedBy: AgencyId;
  /** The event of the decision: it names, sealed, who signed it. */
  decision: string;
  /** The agency whose staff confirms it. */
  confirmer: AgencyId;
  /** When its keys began to be destroyed: everything that was sealed before is part of it. Null before. */
  startedAt: Instant | null;
  /** The versions that were destroyed; none before that is recorded. What newer ones sealed has a ground of its own. */
  destroyed: readonly DestroyedKey[];
}>;

/** What is decided about the personal data of one case: holds, restriction, erasures. State of a `privacy` stream; holds no personal value. */
export type Privacy = Readonly<{
  holds: Readonly<Record<LocalId, LegalHold>>;
  /** The agency that restricted processing (限制处理), while it lasts. */
  restrictedBy: AgencyId | null;
  erasures: Readonly<Record<LocalId, Erasure>>;
}>;

export const noPrivacy: Privacy = { holds: {}, restrictedBy: null, erasures: {} };

export const isHeld = ({ holds }: Privacy): boolean => Object.values(holds).some(({ inForce }) => inForce);

export const withHold = (state: Privacy, hold: LegalHold): Privacy => ({ ...state, holds: { ...state.holds, [hold.holdId]: hold } });

type Progress = Readonly<{ phase: ErasurePhase }> & Partial<Pick<Erasure, 'startedAt' | 'destroyed'>>;

/** The state with the erasure come further; an erasure that is not there changes nothing. */
export function withProgress(state: Privacy, erasureId: LocalId, progress: Progress): Privacy {
  const erasure = findErasure(state, erasureId);
  return erasure === undefined ? state : { ...state, erasures: { ...state.erasures, [erasureId]: { ...erasure, ...progress } } };
}

export const findErasure = ({ erasures }: Privacy, erasureId: LocalId): Erasure | undefined =>
  Object.hasOwn(erasures, erasureId) ? erasures[erasureId] : undefined;

/** The erasure; refuses with `unknown-reference` when there is none. */
export function getErasure(state: Privacy, erasureId: LocalId): Erasure {
  const erasure = findErasure(state, erasureId);
  if (erasure === undefined) throw new Refusal('unknown-reference', `There is no erasure ${erasureId}.`, { pointer: '/erasureId' });
  return erasure;
}

/** Refuses while a hold is in force: it beats every erasure whose keys are not being destroyed yet (PIPL art 47). */
export function checkNotHeld(state: Privacy): void {
  const holds = Object.values(state.holds).flatMap(({ holdId, inForce }) => (inForce ? [holdId] : []));
  if (holds.length > 0) throw new Refusal('PRV-HELD', `Nothing is erased while the hold ${holds.join(', ')} is in force.`);
}
