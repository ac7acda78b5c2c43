import { Refusal } from '../refusal';
import type { CommandKind, EventKind } from '../stream-kind';
import type { Clause, Command, Event, LocalId } from '../words';
import { checkTakesPart } from './in-charge';
import { withHold, type Privacy } from './privacy';

/** Why data must be kept: a criminal case, a lawsuit, an inspection of discipline or an audit, a death under inquiry, a claim. */
export type HoldReason = 'CRIMINAL_CASE' | 'LAWSUIT' | 'DISCIPLINE_INQUIRY' | 'AUDIT' | 'DEATH_INQUIRY' | 'CLAIM';

/** The personal data of the case must be kept (留存保全). Several holds may be in force at once; each beats every erasure (PIPL art 47). */
export type LegalHoldPlaced = Event<'LegalHoldPlaced', { holdId: LocalId; reason: HoldReason; legalBasis: Clause }>;
export const legalHoldPlaced: EventKind<Privacy, LegalHoldPlaced> = {
  zh: '留存保全',
  basis: '[P] dossier 9.2; [L] PIPL arts 47, 72',
  apply: (state, { holdId }, { by }) => withHold(state, { holdId, placedBy: by, inForce: true }),
};

export type PlaceLegalHold = Command<'PlaceLegalHold', LegalHoldPlaced['data']>;
export const placeLegalHold: CommandKind<Privacy, PlaceLegalHold, LegalHoldPlaced> = {
  zh: '作出留存保全',
  by: ['STATION', 'CIVIL_AFFAIRS', 'POLICE'],
  opens: 'any',
  decide: ({ data, by }, state, aid) => {
    checkTakesPart(by, aid);
    if (Object.hasOwn(state.holds, data.holdId))
      throw new Refusal('ID-TAKEN', `There is a hold ${data.holdId} already.`, { pointer: '/holdId' });
    if (Object.values(state.erasures).some(({ phase }) => phase === 'STARTED'))
      throw new Refusal('PRV-TOO-LATE', 'Keys are being destroyed in this moment; a hold protects what is left once that is recorded.');
    return [{ type: 'LegalHoldPlaced', data }];
  },
};
