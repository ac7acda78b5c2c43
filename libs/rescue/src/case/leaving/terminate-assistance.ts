import type { TerminationReason } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import type { LoopCancelled } from '../feedback/cancel-loop';
import { checkLeaving, hasLeft, left, loopsBrokenOff } from './left';

/** The station ends its help, in writing and with a reason (终止救助). */
export type AssistanceTerminated = Event<
  'AssistanceTerminated',
  {
    /**
     * Of the written notice (终止救助通知书).
     * @minLength 1
     * @maxLength 40
     */
    noticeNumber: string;
    reason: TerminationReason;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const assistanceTerminated: EventKind<Case, AssistanceTerminated> = {
  zh: '终止救助',
  basis: 'Order 381 art 12; dossier 4.4',
  sealed: { note: 'narrative' },
  apply: (state, _data, { at }) => left(state, 'TERMINATED', at),
};

export type TerminateAssistance = Command<'TerminateAssistance', AssistanceTerminated['data']>;
export const terminateAssistance: CommandKind<Case, TerminateAssistance, AssistanceTerminated | LoopCancelled> = {
  zh: '终止救助',
  by: ['STATION'],
  decide: (command, state) => {
    if (hasLeft(state, 'TERMINATED')) return [];
    checkLeaving(state, 'TerminateAssistance', command);
    if (state.person.minor === true || state.person.limitedCapacity)
      throw new Refusal('LEV-NO-CAPACITY', 'Help is never ended for a minor or a person without capacity.');
    return [{ type: 'AssistanceTerminated', data: command.data }, ...loopsBrokenOff(state)];
  },
};
