import type { DataClass, Whose } from '../words';
import { isHeld, type DestroyedKey, type Erasure, type ErasurePhase, type Privacy } from './privacy';

/** What a stored value tells without being opened. `whose`: undefined where nobody knows any more, or it is a role that no erasure can name. */
export type ShutValue = DestroyedKey & Readonly<{ whose: Whose | undefined }>;

/** One of a case's keys by whose values it protects and which. */
export type KeyOwnerAndClass = Readonly<{ whose: Whose; class: DataClass }>;

/** What whoever shows personal values of a case must know before. */
export type PrivacyStatus = Readonly<{
  held: boolean;
  restricted: boolean;
  /** How far the newest erasure that was not withdrawn has come. */
  erasure: 'none' | Lowercase<Exclude<ErasurePhase, 'WITHDRAWN'>>;
  /** What confirmed erasures name. Nobody is shown any of it until their keys are gone, and from then on nothing that those keys had sealed. */
  erased: readonly KeyOwnerAndClass[];
}>;

/** Why a value is not shown: its erasure was confirmed or carried out, or processing is restricted to storage and legal hold (PIPL art 47). */
export type PrivacyDenial = 'erased' | 'restricted';

/** Its keys are not gone yet: which of them it will take is not known, so it denies all. */
const denying: ReadonlySet<ErasurePhase> = new Set<ErasurePhase>(['CONFIRMED', 'STARTED']);

/** Erasures that nobody stopped, in the order in which they were decided. */
const standing = ({ erasures }: Privacy): readonly Erasure[] => Object.values(erasures).filter(({ phase }) => phase !== 'WITHDRAWN');

/** What was confirmed for erasure, each key once. */
export function erasedIn(state: Privacy): readonly KeyOwnerAndClass[] {
  const confirmed = standing(state).filter(({ phase }) => phase !== 'DECIDED');
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
 * Why a value is not opened, or undefined. A confirmed erasure denies at once, to everybody, every value of the persons and classes that it names; from
 * `KeysDestroyed` on exactly what the destroyed versions had sealed: what was recorded later has a ground of its own. A value of which nobody knows whose
 * it is counts as anybody's. A restriction denies to everybody but for legal hold, which the caller judges by its purpose.
 */
export function denialOf(state: Privacy, value: ShutValue): PrivacyDenial | undefined {
  if (Object.values(state.erasures).some((erasure) => denies(erasure, value))) return 'erased';
  return state.restrictedBy === null ? undefined : 'restricted';
}

const denies = ({ phase, persons, classes, destroyed }: Erasure, { whose, ...key }: ShutValue): boolean =>
  denying.has(phase)
    ? classes.includes(key.class) && (whose === undefined || persons.includes(whose))
    : destroyed.some((gone) => gone.subject === key.subject && gone.class === key.class && gone.version === key.version);

function lowercase(phase: ErasurePhase | undefined): PrivacyStatus['erasure'] {
  return phase === undefined || phase === 'WITHDRAWN' ? 'none' : (phase.toLowerCase() as PrivacyStatus['erasure']);
}
