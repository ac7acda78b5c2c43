import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import type { LoopCancelled } from '../feedback/cancel-loop';
import { checkLeaving, hasLeft, left, loopsBrokenOff } from './left';

/** The absence counts as leaving without notice (按擅自离站处理). No feedback loop (P7.1): one that the journey had made due falls. */
export type AbsenceConcluded = Event<
  'AbsenceConcluded',
  {
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const absenceConcluded: EventKind<Case, AbsenceConcluded> = {
  zh: '按擅自离站处理',
  basis: '[P] dossier 5.1',
  sealed: { note: 'narrative' },
  apply: (state, _data, { at }) => left(state, 'LEFT_WITHOUT_NOTICE', at),
};

export type ConcludeAbsence = Command<'ConcludeAbsence', AbsenceConcluded['data']>;
export const concludeAbsence: CommandKind<Case, ConcludeAbsence, AbsenceConcluded | LoopCancelled> = {
  zh: '登记按擅自离站处理',
  by: ['STATION'],
  decide: (command, state) => {
    if (hasLeft(state, 'LEFT_WITHOUT_NOTICE')) return [];
    checkLeaving(state, 'ConcludeAbsence', command);
    if (!isCapableAdult(state) && !state.leaving.policeClosed)
      throw new Refusal('LEV-POLICE-OPEN', 'For a minor, or a person without capacity, the search ends only when the police end theirs.');
    return [{ type: 'AbsenceConcluded', data: command.data }, ...loopsBrokenOff(state)];
  },
};

/** Whose age nobody knows is not taken for an adult. */
const isCapableAdult = ({ person }: Case): boolean => person.minor === false && !person.limitedCapacity;
