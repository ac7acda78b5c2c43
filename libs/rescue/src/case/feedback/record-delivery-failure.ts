import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkNotBefore } from './loop-letters';
import { checkStep } from './loop-steps';
import { withLoop } from './loops';
import { getCarriedLetter } from './record-delivery';

/** The letter came back or could not be sent (送达失败): feedback is due again, by another way. */
export type LetterDeliveryFailed = Event<
  'LetterDeliveryFailed',
  {
    loopId: LocalId;
    letterId: LocalId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
  }
>;
export const letterDeliveryFailed: EventKind<Case, LetterDeliveryFailed> = {
  zh: '送达失败',
  basis: '[P] dossier 5.3',
  sealed: { reason: 'narrative' },
  apply: (state, { loopId }, { at }) =>
    withLoop(state, loopId, ({ channel, evidence: { letter: _returned, ...evidence } }) => ({
      phase: 'DUE',
      since: at,
      letterId: null,
      letterNumber: null,
      channel: null,
      failedChannel: channel,
      evidence,
    })),
};

export type RecordDeliveryFailure = Command<'RecordDeliveryFailure', LetterDeliveryFailed['data']>;
export const recordDeliveryFailure: CommandKind<Case, RecordDeliveryFailure, LetterDeliveryFailed> = {
  zh: '登记送达失败',
  by: [],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getCarriedLetter(state, data, { by, aid });
    checkStep(loop, 'RecordDeliveryFailure');
    checkNotBefore(at, loop.since);
    return [{ type: 'LetterDeliveryFailed', data }];
  },
};
