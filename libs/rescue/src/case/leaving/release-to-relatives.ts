import type { Relation } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Instant, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import type { CitizenIdNumber } from '../identity/citizen-id-number';
import type { LoopCancelled } from '../feedback/cancel-loop';
import { feedbackDue, type FeedbackDue } from '../feedback/feedback-due';
import { checkLeaving, hasLeft, left, loopsBrokenOff, plannedReturn } from './left';
import { nextDeparture } from './leaving';

/** Relatives, the guardian or the employer collect the person after their papers were checked (亲属接领). */
export type ReleasedToRelatives = Event<
  'ReleasedToRelatives',
  {
    /** The planned return that it fulfils, else a name of its own: a feedback loop answers for it under this name. */
    departure: LocalId;
    /**
     * @minLength 1
     * @maxLength 60
     */
    name: Personal<'identity', string, 'relative'>;
    relation: Relation;
    idNumber: Personal<'identity', CitizenIdNumber, 'relative'>;
    /** The station compared paper and bearer. */
    idChecked: boolean;
    /** A copy of the paper lies in the file. */
    copyKept: boolean;
    /** @maxLength 30 */
    phone?: Personal<'contact', string, 'relative'>;
    /** At home; as planned, else the day of leaving, unless said. */
    expectedArrival?: Instant;
  }
>;
export const releasedToRelatives: EventKind<Case, ReleasedToRelatives> = {
  zh: '亲属接领',
  basis: 'Order 381 art 7(4); dossier P5.3',
  sealed: { name: 'identity of relative', idNumber: 'identity of relative', phone: 'contact of relative' },
  apply: (state, _data, { at }) => left(state, 'COLLECTED', at),
};

export type ReleaseToRelatives = Command<'ReleaseToRelatives', Omit<ReleasedToRelatives['data'], 'departure'>>;
export const releaseToRelatives: CommandKind<Case, ReleaseToRelatives, ReleasedToRelatives | LoopCancelled | FeedbackDue> = {
  zh: '交亲属接领',
  by: ['STATION'],
  decide: (command, state, { world }) => {
    const { data, at } = command;
    if (hasLeft(state, 'COLLECTED')) return [];
    checkLeaving(state, 'ReleaseToRelatives', command);
    if (!data.idChecked)
      throw new Refusal('LEV-RELATIVE-UNCHECKED', 'Nobody is released to relatives whose papers were not checked.', {
        pointer: '/idChecked',
      });
    const planned = plannedReturn(state, 'COLLECTED');
    const departure = planned?.dispatchId ?? nextDeparture(state.leaving);
    const expectedArrival = data.expectedArrival ?? planned?.expectedArrival ?? at;
    return [
      { type: 'ReleasedToRelatives', data: { ...data, departure } },
      ...loopsBrokenOff(state),
      ...feedbackDue(state, { departure, at, expectedArrival, mode: 'COLLECTED' }, world),
    ];
  },
};
