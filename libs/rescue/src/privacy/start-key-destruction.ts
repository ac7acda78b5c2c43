import { notNow } from '../case/only-owner';
import type { CommandKind, EventKind } from '../stream-kind';
import type { Command, Event, LocalId } from '../words';
import { checkNotHeld, getErasure, withProgress, type Privacy } from './privacy';

/**
 * Guitu begins to destroy the keys (开始销毁密钥). Recorded before the first key goes: the stream's order of events decides whether a hold came in time,
 * and whoever takes over after a crash knows that it must be finished.
 */
export type KeyDestructionStarted = Event<'KeyDestructionStarted', { erasureId: LocalId }>;
export const keyDestructionStarted: EventKind<Privacy, KeyDestructionStarted> = {
  zh: '开始销毁密钥',
  basis: '[P] dossier 4.13',
  apply: (state, { erasureId }, { at }) => withProgress(state, erasureId, { phase: 'STARTED', startedAt: at }),
};

export type StartKeyDestruction = Command<'StartKeyDestruction', KeyDestructionStarted['data']>;
export const startKeyDestruction: CommandKind<Privacy, StartKeyDestruction, KeyDestructionStarted> = {
  zh: '开始销毁密钥',
  by: [],
  role: 'system',
  decide: ({ data }, state) => {
    const { phase } = getErasure(state, data.erasureId);
    if (phase === 'DECIDED') throw notNow('The erasure waits for a second person.', 'ConfirmErasure', 'WithdrawErasure');
    if (phase === 'WITHDRAWN') throw notNow('The erasure was withdrawn.', 'DecideErasure');
    if (phase !== 'CONFIRMED') return [];
    checkNotHeld(state);
    return [{ type: 'KeyDestructionStarted', data }];
  },
};
