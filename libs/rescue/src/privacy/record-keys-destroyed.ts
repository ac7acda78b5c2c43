import { notNow } from '../case/only-owner';
import { Refusal } from '../refusal';
import type { CommandKind, EventKind } from '../stream-kind';
import type { Command, Event, LocalId } from '../words';
import { getErasure, withProgress, type DestroyedKey, type Privacy } from './privacy';

/** The keys are gone (密钥已销毁): what they sealed is unreadable wherever a copy of it lies. Empty when nothing had ever been sealed. */
export type KeysDestroyed = Event<
  'KeysDestroyed',
  {
    erasureId: LocalId;
    /** @maxItems 1000 */
    keys: readonly DestroyedKey[];
  }
>;
export const keysDestroyed: EventKind<Privacy, KeysDestroyed> = {
  zh: '密钥已销毁',
  basis: '[P] dossier 4.13; [L] PIPL art 47',
  apply: (state, { erasureId, keys }) => withProgress(state, erasureId, { phase: 'DESTROYED', destroyed: keys }),
};

export type RecordKeysDestroyed = Command<'RecordKeysDestroyed', KeysDestroyed['data']>;
export const recordKeysDestroyed: CommandKind<Privacy, RecordKeysDestroyed, KeysDestroyed> = {
  zh: '登记密钥销毁',
  by: [],
  role: 'system',
  decide: ({ data }, state) => {
    const { phase, classes } = getErasure(state, data.erasureId);
    if (phase === 'DESTROYED' || phase === 'COMPLETED') return [];
    if (phase !== 'STARTED') throw notNow('The destruction of the keys was not begun.', 'StartKeyDestruction');
    const foreign = data.keys.findIndex((key) => !classes.includes(key.class));
    if (foreign >= 0)
      throw new Refusal('validation-failed', 'The erasure does not name this class.', { pointer: `/keys/${foreign}/class` });
    return [{ type: 'KeysDestroyed', data }];
  },
};
