import type { DataClass, Whose } from '../words';
import { isHeld, type Erasure, type ErasurePhase, type Privacy } from './privacy';

/** One of a case's keys by whose values it protects and which. */
export type KeyOwnerAndClass = Readonly<{ whose: Whose; class: DataClass }>;

/** What whoever shows personal values of a case must know before. */
export type PrivacyStatus = Readonly<{
  held: boolean;
  restricted: boolean;
  /** How far the newest erasure that was not withdrawn has come. */
  erasure: 'none' | Lowercase<Exclude<ErasurePhase, 'WITHDRAWN'>>;
  /** What nobody is shown any more: named by a confirmed erasure, whether or not its keys are gone already. */
  erased: readonly KeyOwnerAndClass[];
}>;

/** Why a value is not shown: its erasure was confirmed, or processing is restricted to storage and legal hold (PIPL art 47). */
export type PrivacyDenial = 'erased' | 'restricted';

const denying: ReadonlySet<ErasurePhase> = new Set<ErasurePhase>(['CONFIRMED', 'STARTED', 'DESTROYED', 'COMPLETED']);

/** Erasures that nobody stopped, in the order in which they were decided. */
const standing = ({ erasures }: Privacy): readonly Erasure[] => Object.values(erasures).filter(({ phase }) => phase !== 'WITHDRAWN');

/** What was confirmed for erasure, each key once. */
export function erasedIn(state: Privacy): readonly KeyOwnerAndClass[] {
  const confirmed = standing(state).filter(({ phase }) => denying.has(phase));
  const keys = confirmed.flatMap(({ persons, classes }) => persons.flatMap((whose) => classes.map((one) => ({ whose, class: one }))));
  return [...new Map(keys.map((key) => [`${key.class} of ${key.whose}`, key])).values()];
}

/** Where the personal data of a case stand. Cheap: a look at the state of its `privacy` stream. */
export const privacyOf = (state: Privacy): PrivacyStatus => ({
  held: isHeld(state),
  restricted: state.restrictedBy !== null,
  erasure: lowercase(standing(state).at(-1)?.phase),
  erased: erasedIn(state),
});

/**
 * Why a value of this person and class is not opened, or undefined. A confirmed erasure denies at once, before any key is destroyed, and to everybody;
 * a restriction denies to everybody but for legal hold, which the caller judges by its purpose.
 */
export function denialOf(state: Privacy, { whose, class: asked }: KeyOwnerAndClass): PrivacyDenial | undefined {
  const erased = standing(state).some(
    ({ phase, persons, classes }) => denying.has(phase) && persons.includes(whose) && classes.includes(asked),
  );
  if (erased) return 'erased';
  return state.restrictedBy === null ? undefined : 'restricted';
}

function lowercase(phase: ErasurePhase | undefined): PrivacyStatus['erasure'] {
  return phase === undefined || phase === 'WITHDRAWN' ? 'none' : (phase.toLowerCase() as PrivacyStatus['erasure']);
}
