import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId } from '../../words';
import { getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { checkNotBefore } from './loop-letters';
import { checkAddressee, outflowKinds } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop } from './loops';
import { checkLetter } from './record-delivery';

/** The addressee passes the letter on to the agency that answers for the place (转办), instead of just sending it back. */
export type LetterRedirected = Event<
  'LetterRedirected',
  {
    loopId: LocalId;
    letterId: LocalId;
    fromAgency: AgencyId;
    toAgency: AgencyId;
    reason: 'NOT_MY_DIVISION' | 'DIVISION_CHANGED' | 'STATION_NOT_ESTABLISHED';
  }
>;
export const letterRedirected: EventKind<Case, LetterRedirected> = {
  zh: '转办',
  basis: '[P] dossier P7(3)',
  parties: { fromAgency: true, toAgency: true },
  apply: (state, { loopId, toAgency }, { at }) =>
    withLoop(state, loopId, ({ addressee, formerAddressees }) => ({
      since: at,
      addressee: toAgency,
      formerAddressees: addressee === null ? formerAddressees : [...formerAddressees, addressee],
    })),
};

export type RedirectLetter = Command<'RedirectLetter', Omit<LetterRedirected['data'], 'fromAgency'>>;
export const redirectLetter: CommandKind<Case, RedirectLetter, LetterRedirected> = {
  zh: '转办函件',
  by: [],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkLetter(loop, data.letterId);
    if (loop.addressee === data.toAgency && loop.formerAddressees.at(-1) === by.agency) return [];
    checkAddressee(loop, by, aid);
    checkStep(loop, 'RedirectLetter');
    checkNotBefore(at, loop.since);
    if (data.toAgency === loop.addressee || data.toAgency === loop.sender)
      throw new Refusal('validation-failed', 'A letter is passed on to a third agency.', { pointer: '/toAgency' });
    getAgencyOfKind(aid.world, data.toAgency, at, { kinds: outflowKinds, pointer: '/toAgency' });
    return [{ type: 'LetterRedirected', data: { ...data, fromAgency: loop.addressee ?? by.agency } }];
  },
};
