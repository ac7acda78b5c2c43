import { notNow } from '../case/only-owner';
import type { CommandKind, EventKind } from '../stream-kind';
import type { Command, Event, Instant, LocalId } from '../words';
import { getErasure, withProgress, type Privacy } from './privacy';

/** A place where copies of personal values, or ways to them, may lie. */
export type DataPlace =
  | 'KEY_STORE'
  | 'BLIND_INDEX'
  | 'KEY_CACHE'
  | 'EVENT_LOG'
  | 'READ_MODELS'
  | 'MAILBOXES'
  | 'MESSAGE_TOPICS'
  | 'DEAD_LETTERS'
  | 'WEBHOOKS'
  | 'BACKUPS'
  | 'ERASURE_LEDGER';

/**
 * What was done there: keys or rows were destroyed or removed, what stays can no longer be read, the erasure was written down, nothing of it lay there,
 * or the place cannot be reached from here and somebody must see to it.
 */
export type PlaceOutcome = 'DESTROYED' | 'REMOVED' | 'UNREADABLE' | 'RECORDED' | 'NOTHING_THERE' | 'NOT_REACHED';

export type ErasedPlace = Readonly<{
  place: DataPlace;
  outcome: PlaceOutcome;
  at: Instant;
  /**
   * How many keys, rows or values.
   * @asType integer
   * @minimum 0
   * @maximum 1000000000
   */
  count?: number;
}>;

/** The erasure is done in every place (删除办结); the event is the ground of its certificate. */
export type ErasureCompleted = Event<
  'ErasureCompleted',
  {
    erasureId: LocalId;
    /**
     * Every place, what was done there and when.
     * @minItems 1
     * @maxItems 50
     */
    places: readonly ErasedPlace[];
    /** Whether the unreadable ciphertext was taken out of the log, too; its hashes stay. */
    ciphertextRemoved: boolean;
  }
>;
export const erasureCompleted: EventKind<Privacy, ErasureCompleted> = {
  zh: '个人信息删除办结',
  basis: '[P] dossier 4.13; [L] PIPL art 47',
  apply: (state, { erasureId }) => withProgress(state, erasureId, { phase: 'COMPLETED' }),
};

export type CompleteErasure = Command<'CompleteErasure', ErasureCompleted['data']>;
export const completeErasure: CommandKind<Privacy, CompleteErasure, ErasureCompleted> = {
  zh: '办结个人信息删除',
  by: [],
  role: 'system',
  decide: ({ data }, state) => {
    const { phase } = getErasure(state, data.erasureId);
    if (phase === 'COMPLETED') return [];
    if (phase !== 'DESTROYED') throw notNow('The keys are not destroyed yet.', 'RecordKeysDestroyed');
    return [{ type: 'ErasureCompleted', data }];
  },
};
