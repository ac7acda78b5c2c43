import { Refusal } from '../refusal';
import type { CommandKind, EventKind } from '../stream-kind';
import type { Command, Event, LocalId } from '../words';
import { getErasure, withProgress, type Privacy } from './privacy';

/** Why an erasure does not take place. */
export type ErasureWithdrawal = 'DECIDED_IN_ERROR' | 'NOT_CONFIRMED' | 'GROUND_GONE' | 'ORDERED';

/** The erasure does not take place (撤回删除). Possible until its keys begin to be destroyed. */
export type ErasureWithdrawn = Event<'ErasureWithdrawn', { erasureId: LocalId; reason: ErasureWithdrawal }>;
export const erasureWithdrawn: EventKind<Privacy, ErasureWithdrawn> = {
  zh: '撤回个人信息删除',
  basis: '[P] dossier 4.13',
  apply: (state, { erasureId }) => withProgress(state, erasureId, { phase: 'WITHDRAWN' }),
};

export type WithdrawErasure = Command<'WithdrawErasure', ErasureWithdrawn['data']>;
export const withdrawErasure: CommandKind<Privacy, WithdrawErasure, ErasureWithdrawn> = {
  zh: '撤回个人信息删除',
  by: [],
  decide: ({ data, by }, state) => {
    const { phase, decidedBy, confirmer } = getErasure(state, data.erasureId);
    if (by.agency !== decidedBy && by.agency !== confirmer)
      throw new Refusal('ACT-WRONG-AGENCY', 'The agency that decided, or the one that was asked to confirm, withdraws an erasure.');
    if (phase === 'WITHDRAWN') return [];
    if (phase !== 'DECIDED' && phase !== 'CONFIRMED')
      throw new Refusal('PRV-TOO-LATE', 'The keys are being destroyed, or are gone; the erasure cannot be withdrawn.');
    return [{ type: 'ErasureWithdrawn', data }];
  },
};
