import { Refusal } from '../refusal';
import type { Aid, CommandKind, EventKind } from '../stream-kind';
import type { Actor, Command, Event, LocalId } from '../words';
import type { ErasureDecided } from './decide-erasure';
import { checkNotHeld, findErasure, getErasure, withProgress, type Erasure, type Privacy } from './privacy';

/** A second person agrees (删除确认). From this moment on nobody is shown what the erasure names; its keys are destroyed next. */
export type ErasureConfirmed = Event<'ErasureConfirmed', { erasureId: LocalId }>;
export const erasureConfirmed: EventKind<Privacy, ErasureConfirmed> = {
  zh: '个人信息删除确认',
  basis: '[P] dossier 4.13; [L] PIPL art 51',
  apply: (state, { erasureId }) => withProgress(state, erasureId, { phase: 'CONFIRMED' }),
};

export type ConfirmErasure = Command<'ConfirmErasure', ErasureConfirmed['data']>;
export const confirmErasure: CommandKind<Privacy, ConfirmErasure, ErasureConfirmed> = {
  zh: '确认删除个人信息',
  by: [],
  needs: ({ erasureId }, state) => {
    const erasure = findErasure(state, erasureId);
    return erasure === undefined ? [] : [erasure.decision];
  },
  decide: ({ data, by }, state, aid) => {
    const erasure = getErasure(state, data.erasureId);
    if (by.agency !== erasure.confirmer)
      throw new Refusal('ACT-WRONG-AGENCY', 'The agency that was asked confirms the erasure.', { expected: erasure.confirmer });
    if (erasure.phase === 'WITHDRAWN')
      throw new Refusal('illegal-transition', 'The erasure was withdrawn.', { allowed: ['DecideErasure'] });
    if (erasure.phase !== 'DECIDED') return [];
    checkAnotherPerson(by, erasure, aid);
    checkNotHeld(state);
    return [{ type: 'ErasureConfirmed', data }];
  },
};

/** Staff numbers are told apart inside an agency; where the number of the decider cannot be read any more, nobody can say that it was another. */
function checkAnotherPerson(by: Actor, { decidedBy, decision }: Erasure, { opened }: Aid): void {
  if (by.agency !== decidedBy) return;
  const decided = opened.get(decision);
  if (decided === undefined || decided === 'erased' || (decided as ErasureDecided['data']).decidedBy === by.user)
    throw new Refusal('PRV-SAME-USER', 'Somebody else than the one who decided confirms the erasure.');
}
