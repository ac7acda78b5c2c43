import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkOffered, getHandover, withHandover } from './handovers';

/** The giver takes its offer back before anybody signed (撤回交接). */
export type HandoverWithdrawn = Event<
  'HandoverWithdrawn',
  {
    handoverId: LocalId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
  }
>;
export const handoverWithdrawn: EventKind<Case, HandoverWithdrawn> = {
  zh: '撤回交接',
  basis: '[P] dossier 4.6',
  sealed: { reason: 'narrative' },
  apply: (state, { handoverId }) => withHandover(state, handoverId, 'WITHDRAWN'),
};

export type WithdrawHandover = Command<'WithdrawHandover', HandoverWithdrawn['data']>;
export const withdrawHandover: CommandKind<Case, WithdrawHandover, HandoverWithdrawn> = {
  zh: '撤回交接',
  by: [],
  decide: ({ data, by }, state) => {
    const handover = getHandover(state, data.handoverId);
    if (handover.from !== by.agency) throw new Refusal('HND-WRONG-PARTY', 'Only the giver takes its offer back.');
    if (handover.phase === 'WITHDRAWN') return [];
    checkOffered(handover);
    return [{ type: 'HandoverWithdrawn', data }];
  },
};
