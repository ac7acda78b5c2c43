import { Refusal } from '../../refusal';
import type { Aid, CommandKind, EventKind } from '../../stream-kind';
import type { Actor, Command, Event, LocalId } from '../../words';
import type { Case } from '../case';
import { checkNotBefore } from './loop-letters';
import { isAddressee, isSender } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop, type Loop } from './loops';

/** The feedback letter reached its addressee (送达). No receipt: that is the addressee's own statement. */
export type LetterDelivered = Event<
  'LetterDelivered',
  {
    loopId: LocalId;
    letterId: LocalId;
    /**
     * Reference of the proof: mailbox entry, tracking number.
     * @maxLength 100
     */
    proof?: string;
  }
>;
export const letterDelivered: EventKind<Case, LetterDelivered> = {
  zh: '送达',
  basis: '[P] dossier P7(3)',
  apply: (state, { loopId }, { id, at }) =>
    withLoop(state, loopId, ({ evidence }) => ({ phase: 'DELIVERED', since: at, evidence: { ...evidence, delivery: id } })),
};

export type RecordDelivery = Command<'RecordDelivery', LetterDelivered['data']>;
export const recordDelivery: CommandKind<Case, RecordDelivery, LetterDelivered> = {
  zh: '登记送达',
  by: [],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getCarriedLetter(state, data, { by, aid });
    if (loop.evidence.delivery !== undefined && loop.phase !== 'ISSUED' && loop.phase !== 'CANCELLED') return [];
    checkStep(loop, 'RecordDelivery');
    checkNotBefore(at, loop.since);
    return [{ type: 'LetterDelivered', data }];
  },
};

/** The loop whose letter it is; only its sender and its addressee say what became of the letter on the way. */
export function getCarriedLetter(
  state: Case,
  { loopId, letterId }: Readonly<{ loopId: LocalId; letterId: LocalId }>,
  { by, aid }: Readonly<{ by: Actor; aid: Pick<Aid, 'duties'> }>,
): Loop {
  const loop = getLoop(state, loopId);
  if (!isSender(loop, by, aid) && !isAddressee(loop, by, aid))
    throw new Refusal('ACT-WRONG-AGENCY', 'Only the sender and the addressee of the letter take this step.');
  checkLetter(loop, letterId);
  return loop;
}

/** Refuses a letter that is not the one that is out in this loop. */
export function checkLetter(loop: Loop, letterId: LocalId): void {
  if (loop.letterId !== letterId)
    throw new Refusal('unknown-reference', `Letter ${letterId} is not the one that is out in loop ${loop.loopId}.`, {
      pointer: '/letterId',
    });
}
