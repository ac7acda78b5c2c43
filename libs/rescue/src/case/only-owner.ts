import { Refusal } from '../refusal';
import type { Actor } from '../words';
import type { Case } from './case';

/** Refuses everybody but the station that owns the case (个案归属站). */
export function onlyOwner(state: Case, by: Actor): void {
  if (state.owner !== by.agency) throw new Refusal('ACT-WRONG-AGENCY', 'Only the station that owns the case records this.');
}

/** Refuses with the commands that are possible instead. */
export function notNow(message: string, ...allowed: readonly string[]): Refusal {
  return new Refusal('illegal-transition', message, { allowed });
}
