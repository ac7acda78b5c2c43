import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import type { LetterPart } from './feedback-content';
import { checkNotBefore } from './loop-letters';
import { checkAddressee } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop } from './loops';
import { checkLetter } from './record-delivery';

/** The addressee asks for what the letter lacks (退回补正). */
export type LetterReturnedForCorrection = Event<
  'LetterReturnedForCorrection',
  {
    loopId: LocalId;
    letterId: LocalId;
    /**
     * @minItems 1
     * @maxItems 9
     * @uniqueItems true
     */
    missing: readonly LetterPart[];
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const letterReturnedForCorrection: EventKind<Case, LetterReturnedForCorrection> = {
  zh: '退回补正',
  basis: '[P] dossier P7(3)',
  sealed: { note: 'narrative' },
  apply: (state, { loopId }, { at }) => withLoop(state, loopId, () => ({ since: at, awaitingCorrection: true })),
};

export type ReturnLetterForCorrection = Command<'ReturnLetterForCorrection', LetterReturnedForCorrection['data']>;
export const returnLetterForCorrection: CommandKind<Case, ReturnLetterForCorrection, LetterReturnedForCorrection> = {
  zh: '退回补正',
  by: [],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkAddressee(loop, by, aid);
    checkLetter(loop, data.letterId);
    if (loop.awaitingCorrection) return [];
    checkStep(loop, 'ReturnLetterForCorrection');
    checkNotBefore(at, loop.since);
    return [{ type: 'LetterReturnedForCorrection', data }];
  },
};
