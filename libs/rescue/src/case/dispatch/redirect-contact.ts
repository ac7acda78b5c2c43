import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkAddressee } from './accept-reception';
import { addresseeOf, withDispatch } from './dispatches';
import { checkAnswersFor } from './issue-contact-letter';
import { checkStep, getDispatch } from './steps';

/**
 * The addressee passes the contact letter on to the agency of the same place that must answer it (联系函转办), station to bureau or back.
 * Another place is another plan: that is refused with HOUSEHOLD_MOVED or NOT_OUR_DIVISION.
 */
export type ReceptionContactRedirected = Event<
  'ReceptionContactRedirected',
  {
    dispatchId: LocalId;
    letterId: LocalId;
    from: AgencyId;
    to: AgencyId;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const receptionContactRedirected: EventKind<Case, ReceptionContactRedirected> = {
  zh: '接收联系函转办',
  basis: '[P] dossier D-R3',
  sealed: { note: 'narrative' },
  parties: { from: true, to: true },
  apply: (state, { dispatchId, letterId, to }, { at }) =>
    withDispatch(state, dispatchId, ({ letters }) => ({
      letters: letters.map((letter) => (letter.letterId === letterId ? { letterId, to, at } : letter)),
    })),
};

export type RedirectReceptionContact = Command<'RedirectReceptionContact', Omit<ReceptionContactRedirected['data'], 'letterId' | 'from'>>;
export const redirectReceptionContact: CommandKind<Case, RedirectReceptionContact, ReceptionContactRedirected> = {
  zh: '转办接收联系函',
  by: ['STATION', 'CIVIL_AFFAIRS'],
  decide: ({ data, by, at }, state, { world }) => {
    const dispatch = getDispatch(state, data.dispatchId);
    checkAddressee(dispatch, by);
    checkStep(dispatch, 'RedirectReceptionContact');
    if (data.to === addresseeOf(dispatch))
      throw new Refusal('validation-failed', 'Nobody passes a letter on to itself.', { pointer: '/to' });
    checkAnswersFor(world, { agency: data.to, destination: dispatch.destination, at });
    const letterId = dispatch.letters.at(-1)?.letterId ?? '';
    return [{ type: 'ReceptionContactRedirected', data: { ...data, letterId, from: by.agency } }];
  },
};
