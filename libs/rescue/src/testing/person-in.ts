import { caseStream } from '../case/catalogue';
import { noCase, type Case } from '../case/case';
import { withCustody } from '../case/custody';
import type { AnyStreamKind } from '../stream-kind';
import type { AgencyId, DivisionCode, Instant } from '../words';
import { given, type Story } from './given';

/** Since when the station of Taicang has the person, in these specs. */
export const ADMITTED_AT: Instant = '2020-10-12T09:40:00+08:00';
const owner: AgencyId = 'taicang-station';

/** An identity confirmed once, with its household in `homeDivision`. */
export const confirmed = (homeDivision: DivisionCode): Case['identity'] => ({
  ...noCase.identity,
  phase: 'CONFIRMED',
  versions: 1,
  current: {
    version: 1,
    event: 'identity-1',
    at: '2020-10-13T15:10:00+08:00',
    homeDivision,
    ageBefore: { minor: null, under16: null },
  },
});

/**
 * A case of Taicang's station as its steps so far left it, for specs of what comes later: the state is the one that admission leaves,
 * with `changes`. An adult with capacity whose identity is confirmed (Fengyang) unless said otherwise.
 */
export function personIn(location: Case['location'], changes: Partial<Case> = {}): Story {
  const initial: Case = {
    ...noCase,
    location,
    owner,
    foundIn: '320585',
    person: { minor: false, under16: false, limitedCapacity: false, needsEscort: false },
    custody: withCustody(noCase.custody, owner, ADMITTED_AT),
    identity: confirmed('341126'),
    ...changes,
  };
  // A stream begins with some event: a reminder of a duty that is not there changes nothing.
  const opening = { type: 'DutyReminded', data: { dutyId: 'D-NONE-1', key: 'D-NONE', dueAt: ADMITTED_AT } };
  return given({ ...(caseStream as AnyStreamKind), initial }, { by: owner, at: ADMITTED_AT, event: opening });
}
