import type { Assistance, CalendarDate } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Actor, Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkStep, getLoop, type LoopStep } from './loop-steps';

type Answer = Readonly<{ loopId: LocalId; /** The letter that reported the hardship. */ hardshipLetterId: LocalId }>;

/** The township or a department helps (帮扶落实, S001 §2(5), S002 §2(5)). Possible after the loop is closed. */
export type AssistanceMeasureRecorded = Event<
  'AssistanceMeasureRecorded',
  Answer & {
    kind: Personal<'narrative', Assistance>;
    from?: Personal<'narrative', CalendarDate>;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const assistanceMeasureRecorded: EventKind<Case, AssistanceMeasureRecorded> = {
  zh: '帮扶落实',
  basis: 'S001 §2(5); S002 §2(5)',
  sealed: { kind: 'narrative', from: 'narrative', note: 'narrative' },
  apply: (state) => state,
};

/** The township or a department finds that its conditions are not met, and says why (不符合帮扶条件). */
export type AssistanceDeclined = Event<
  'AssistanceDeclined',
  Answer & {
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
  }
>;
export const assistanceDeclined: EventKind<Case, AssistanceDeclined> = {
  zh: '不符合帮扶条件',
  basis: '[P] dossier D-F7',
  sealed: { reason: 'narrative' },
  apply: (state) => state,
};

export type RecordAssistanceMeasure = Command<'RecordAssistanceMeasure', AssistanceMeasureRecorded['data']>;
export const recordAssistanceMeasure: CommandKind<Case, RecordAssistanceMeasure, AssistanceMeasureRecorded> = {
  zh: '登记帮扶措施',
  by: [],
  decide: ({ type, data, by }, state) => {
    checkAsked(state, data, { by, step: type });
    return [{ type: 'AssistanceMeasureRecorded', data }];
  },
};

export type DeclineAssistance = Command<'DeclineAssistance', AssistanceDeclined['data']>;
export const declineAssistance: CommandKind<Case, DeclineAssistance, AssistanceDeclined> = {
  zh: '说明不符合帮扶条件',
  by: [],
  decide: ({ type, data, by }, state) => {
    checkAsked(state, data, { by, step: type });
    return [{ type: 'AssistanceDeclined', data }];
  },
};

/** Only those to whom the hardship was reported answer it. */
function checkAsked(state: Case, { loopId, hardshipLetterId }: Answer, { by, step }: Readonly<{ by: Actor; step: LoopStep }>): void {
  const loop = getLoop(state, loopId);
  const report = Object.hasOwn(loop.hardshipReports, hardshipLetterId) ? loop.hardshipReports[hardshipLetterId] : undefined;
  if (report === undefined)
    throw new Refusal('unknown-reference', `No hardship was reported by letter ${hardshipLetterId}.`, { pointer: '/hardshipLetterId' });
  if (report.township !== by.agency && !report.departments.includes(by.agency))
    throw new Refusal('ACT-WRONG-AGENCY', 'Only the township and the departments to which the hardship was reported answer it.');
  checkStep(loop, step);
}
