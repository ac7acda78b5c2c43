import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { checkCustodyOrder, custodyEnded } from '../custody';
import { notNow, onlyOwner } from '../only-owner';

/** A written refusal with reasons (不予救助, 《不予救助通知书》; Order 381 art 6). A hospital goes on on its own ground. */
export type AssistanceRefused = Event<
  'AssistanceRefused',
  {
    /**
     * @minLength 1
     * @maxLength 40
     */
    noticeNumber: string;
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
    /** The person was told the reason by word of mouth as well. */
    told: boolean;
  }
>;
export const assistanceRefused: EventKind<Case, AssistanceRefused> = {
  zh: '不予救助',
  basis: 'Order 381 art 6',
  sealed: { reason: 'narrative' },
  apply: (state, _data, { at }) => ({
    ...state,
    location: 'REFUSED',
    custody: custodyEnded(state.custody, at),
    reception: { ...state.reception, refused: true },
  }),
};

export type RefuseAssistance = Command<'RefuseAssistance', AssistanceRefused['data']>;
export const refuseAssistance: CommandKind<Case, RefuseAssistance, AssistanceRefused> = {
  zh: '不予救助',
  by: ['STATION'],
  decide: ({ data, by, at }, state) => {
    onlyOwner(state, by);
    const { reception, location, custody } = state;
    if (reception.refused) return [];
    if (location === 'IN_STATION') throw notNow('Who was admitted is not refused; help is ended instead.', 'TerminateAssistance');
    if (location !== 'REGISTERED' && location !== 'IN_HOSPITAL') throw notNow('Nobody waits for a decision here.');
    if (reception.eligibility !== 'NOT_ELIGIBLE') throw notNow('Only who was decided not eligible is refused.', 'DecideEligibility');
    checkCustodyOrder(custody, at);
    return [{ type: 'AssistanceRefused', data }];
  },
};
