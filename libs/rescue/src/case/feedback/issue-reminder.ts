import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LetterNumber, LocalId } from '../../words';
import type { Case } from '../case';
import { checkFreshLetter, strictLetterNumber } from './loop-letters';
import { checkSender } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLetterId, withLoop } from './loops';

/** The sender presses for an answer (催办函). It discharges nothing. */
export type ReminderIssued = Event<
  'ReminderIssued',
  {
    loopId: LocalId;
    letterId: LocalId;
    letterNumber: LetterNumber;
    to: AgencyId;
    /**
     * The first, second, … reminder of this loop.
     * @asType integer
     * @minimum 1
     */
    nth: number;
  }
>;
export const reminderIssued: EventKind<Case, ReminderIssued> = {
  zh: '催办',
  basis: '[P] dossier P7(8)',
  parties: { to: true },
  apply: (state, { loopId, letterId, nth }) =>
    withLetterId(
      withLoop(state, loopId, () => ({ reminders: nth })),
      letterId,
    ),
};

export type IssueReminder = Command<'IssueReminder', Omit<ReminderIssued['data'], 'to' | 'nth'>>;
export const issueReminder: CommandKind<Case, IssueReminder, ReminderIssued> = {
  zh: '发出催办函',
  by: ['STATION'],
  decide: ({ data, by }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkSender(loop, by, aid);
    checkStep(loop, 'IssueReminder');
    checkFreshLetter(state, data.letterId);
    const letterNumber = strictLetterNumber(data.letterNumber, '/letterNumber');
    return [{ type: 'ReminderIssued', data: { ...data, letterNumber, to: loop.addressee ?? loop.sender, nth: loop.reminders + 1 } }];
  },
};
