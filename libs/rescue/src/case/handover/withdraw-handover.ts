import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';

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
  apply: (state, { handoverId }) => {
    const handover = state.handovers[handoverId];
    return handover === undefined
      ? state
      : { ...state, handovers: { ...state.handovers, [handoverId]: { ...handover, phase: 'WITHDRAWN' } } };
  },
};

export type WithdrawHandover = Command<'WithdrawHandover', HandoverWithdrawn['data']>;
export const withdrawHandover: CommandKind<Case, WithdrawHandover, HandoverWithdrawn> = {
  zh: '撤回交接',
  by: [],
  decide: ({ data, by }, state) => {
    const handover = Object.hasOwn(state.handovers, data.handoverId) ? state.handovers[data.handoverId] : undefined;
    if (handover === undefined)
      throw new Refusal('unknown-reference', `There is no handover ${data.handoverId} in this case.`, { pointer: '/handoverId' });
    if (handover.from !== by.agency) throw new Refusal('HND-WRONG-PARTY', 'Only the giver takes its offer back.');
    if (handover.phase === 'WITHDRAWN') return [];
    if (handover.phase !== 'OFFERED') throw new Refusal('HND-CLOSED', `That handover was ${handover.phase.toLowerCase()}.`);
    return [{ type: 'HandoverWithdrawn', data }];
  },
};
