import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId } from '../../words';
import type { Case } from '../case';
import { checkNotBefore } from './loop-letters';
import { checkStep, getLoop } from './loop-steps';
import { isSender } from './loop-sides';
import { withLoop, type Loop, type LoopEvidence } from './loops';

/** The owner of the case closes the loop (闭环办结): every evidence of dossier 5.3 is there. */
export type LoopClosed = Event<'LoopClosed', { loopId: LocalId }>;
export const loopClosed: EventKind<Case, LoopClosed> = {
  zh: '闭环办结',
  basis: '[P] dossier 5.3',
  apply: (state, { loopId }, { at }) => withLoop(state, loopId, () => ({ phase: 'CLOSED', since: at })),
};

const wanted = [
  'letter',
  'delivery',
  'receipt',
  'ledger',
  'reception',
  'visit',
  'outcome',
  'outcomeReceipt',
] as const satisfies readonly (keyof LoopEvidence)[];

/** What a loop still lacks before it can be closed; who never arrived is not visited. */
export const missingEvidence = ({ evidence, notArrived }: Loop): readonly string[] =>
  wanted.filter((key) => evidence[key] === undefined && !(key === 'visit' && notArrived));

export type CloseLoop = Command<'CloseLoop', LoopClosed['data']>;
export const closeLoop: CommandKind<Case, CloseLoop, LoopClosed> = {
  zh: '办结闭环',
  by: ['STATION'],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    if (state.owner !== by.agency && !isSender(loop, by, aid))
      throw new Refusal('ACT-WRONG-AGENCY', 'Only the station that owns the case closes the loop.');
    if (loop.phase === 'CLOSED') throw new Refusal('loop-already-closed', `Loop ${loop.loopId} was closed at ${loop.since}.`);
    const missing = missingEvidence(loop);
    if (missing.length > 0 && loop.phase !== 'CANCELLED')
      throw new Refusal('LOOP-CLOSE-INCOMPLETE', `The loop still lacks: ${missing.join(', ')}.`, { missing });
    checkStep(loop, 'CloseLoop');
    checkNotBefore(at, loop.since);
    return [{ type: 'LoopClosed', data }];
  },
};
