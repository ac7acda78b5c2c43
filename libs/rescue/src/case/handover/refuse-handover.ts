import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkOffered, getHandoverTo, withHandover } from './handovers';

/** The receiver does not take the person over (拒绝交接); custody stays where it is. */
export type HandoverRefused = Event<
  'HandoverRefused',
  {
    handoverId: LocalId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
  }
>;
export const handoverRefused: EventKind<Case, HandoverRefused> = {
  zh: '拒绝交接',
  basis: '[P] dossier 4.6',
  sealed: { reason: 'narrative' },
  apply: (state, { handoverId }) => withHandover(state, handoverId, 'REFUSED'),
};

export type RefuseHandover = Command<'RefuseHandover', HandoverRefused['data']>;
export const refuseHandover: CommandKind<Case, RefuseHandover, HandoverRefused> = {
  zh: '拒绝交接',
  by: [],
  decide: ({ data, by }, state) => {
    const handover = getHandoverTo(by, state, data.handoverId);
    if (handover.phase === 'REFUSED') return [];
    checkOffered(handover);
    return [{ type: 'HandoverRefused', data }];
  },
};
