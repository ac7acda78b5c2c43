import { dateInChina } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { Instant } from '../../words';
import type { World } from '../../world/world';
import type { Case } from '../case';
import { isLocalReturn } from '../feedback/feedback-due';
import type { ConfirmedIdentity } from '../identity/identity';
import { checkCarriers } from './carriers';
import { withoutCarrier, type Dispatch } from './dispatches';

/** The identity that a return home stands on; refuses while none is confirmed. */
export function getConfirmedIdentity({ identity }: Case): ConfirmedIdentity {
  if (identity.phase !== 'CONFIRMED' || identity.current === null)
    throw new Refusal('DSP-IDENTITY-NOT-CONFIRMED', `The identity is ${identity.phase}; nobody is sent home on that.`);
  return identity.current;
}

/** The identity must be confirmed, and be the one that the plan was made on. */
export function checkIdentity(state: Case, { identityVersion }: Dispatch): ConfirmedIdentity {
  const current = getConfirmedIdentity(state);
  if (current.version !== identityVersion)
    throw new Refusal('DSP-IDENTITY-VERSION-STALE', `The plan stands on identity ${identityVersion}; ${current.version} holds now.`);
  return current;
}

/** The event that certified fitness; refuses without a certificate that holds on the day of `at`. */
export function checkFit({ hospital }: Case, at: Instant): string {
  const { fitness } = hospital;
  const day = dateInChina(at);
  if (fitness === null || !fitness.fit || fitness.validUntil < day)
    throw new Refusal('DSP-NOT-FIT', `No certificate says that the person is fit to travel on ${day}.`);
  return fitness.event;
}

/** Silence is not consent: reception was accepted or decided, unless the person goes alone or with relatives. */
export function checkReception({ mode, receptionEvent }: Dispatch): void {
  if (receptionEvent === null && !withoutCarrier(mode))
    throw new Refusal('DSP-NO-RECEPTION', 'The outflow side has not accepted, and nobody has decided that it must receive.');
}

/** Minors and persons without capacity go to somebody named, never alone. */
export function checkProtected({ person }: Case, { mode, receiver }: Dispatch, escorts: number | null): void {
  if (person.minor !== true && !person.limitedCapacity) return;
  if (mode === 'RELATIVES_COLLECT') return;
  if (withoutCarrier(mode) || receiver === null || escorts === 0)
    throw new Refusal('DSP-MINOR-UNESCORTED', 'A minor or a person without capacity travels with an escort to a named receiver.');
}

/** What approval and departure rely on. */
export type Grounds = Readonly<{ identityEvent: string; fitnessEvent: string; receptionEvent: string | null }>;
type Around = Readonly<{ at: Instant; world: World; /** Null before anybody knows. */ escorts: number | null }>;

/** All guards of dossier 5.2, except custody. */
export function checkGuards(state: Case, dispatch: Dispatch, { at, world, escorts }: Around): Grounds {
  const identity = checkIdentity(state, dispatch);
  if (isLocalReturn(state, dispatch.destination, at, world))
    throw new Refusal('DSP-LOCAL-HOUSEHOLD', 'Who belongs to this city is handed to the township of the household.');
  const fitnessEvent = checkFit(state, at);
  checkReception(dispatch);
  checkCarriers({ ...dispatch, owner: state.owner ?? '' }, at, world);
  checkProtected(state, dispatch, escorts);
  return { identityEvent: identity.event, fitnessEvent, receptionEvent: dispatch.receptionEvent };
}
