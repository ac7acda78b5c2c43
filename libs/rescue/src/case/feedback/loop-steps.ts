import { Refusal } from '../../refusal';
import type { LocalId } from '../../words';
import type { Case } from '../case';
import type { FeedbackCommand } from './catalogue';
import { findLoop, type Loop, type LoopPhase } from './loops';

export type LoopStep = FeedbackCommand['type'];

const letterOut = ['CorrectFeedback', 'WithdrawFeedback', 'IssueReminder'] as const satisfies readonly LoopStep[];
const help = ['RecordAssistanceMeasure', 'DeclineAssistance'] as const satisfies readonly LoopStep[];

/**
 * What each phase of a loop allows (dossier 5.3). Help goes on after the loop is closed. A letter is still withdrawn when the loop was cancelled
 * under it.
 */
export const loopSteps: { readonly [P in LoopPhase]: readonly LoopStep[] } = {
  DUE: ['AssignAddressee', 'IssueFeedbackLetter'],
  ISSUED: ['RecordDelivery', 'RecordDeliveryFailure', 'WithdrawFeedback'],
  DELIVERED: ['ReceiptLetter', 'RedirectLetter', 'ReturnLetterForCorrection', ...letterOut],
  RECEIPTED: ['LedgerReturnee', 'ReturnLetterForCorrection', ...letterOut],
  LEDGERED: ['ConfirmReception', 'ReportNotArrived', 'DisputeReturneeIdentity', ...letterOut],
  RECEIVED: [
    'ConfirmReception',
    'DisputeReturneeIdentity',
    'EntrustHomeVisit',
    'RecordHomeVisit',
    'EstablishHomelessness',
    'DecideHomelessPlacement',
    'ReportHardship',
    ...help,
    ...letterOut,
  ],
  DISPUTED: ['RejectDispute', ...help, ...letterOut],
  VISITED: ['RecordHomeVisit', 'ReportHardship', ...help, 'IssueOutcomeLetter', 'ReceiptOutcomeLetter', ...letterOut],
  PLACED_BY_GOV: ['ReportHardship', ...help, 'IssueOutcomeLetter', 'ReceiptOutcomeLetter', ...letterOut],
  NOT_ARRIVED: ['IssueOutcomeLetter', 'ReceiptOutcomeLetter', ...letterOut],
  ANSWERED: ['ReportHardship', ...help, 'CloseLoop', 'CorrectFeedback', 'WithdrawFeedback'],
  CLOSED: ['ReportHardship', ...help, 'ReopenLoop'],
  CANCELLED: ['WithdrawFeedback'],
};

/** The loop; refuses an unknown one. */
export function getLoop(state: Case, loopId: LocalId): Loop {
  const loop = findLoop(state, loopId);
  if (loop === undefined) throw new Refusal('unknown-reference', `There is no loop ${loopId} in this case.`, { pointer: '/loopId' });
  return loop;
}

/** A letter that went back for correction waits for its sender alone; a rejected dispute without a reception result waits for that first. */
export function allowedSteps({ phase, awaitingCorrection, evidence }: Loop): readonly LoopStep[] {
  if (awaitingCorrection && (phase === 'DELIVERED' || phase === 'RECEIPTED')) return ['CorrectFeedback', 'WithdrawFeedback'];
  if (phase === 'RECEIVED' && evidence.reception === undefined)
    return ['ConfirmReception', 'DisputeReturneeIdentity', ...help, ...letterOut];
  return loopSteps[phase];
}

/** Refuses a step that the loop's phase does not allow, naming those that it does. */
export function checkStep(loop: Loop, step: LoopStep): void {
  const allowed = allowedSteps(loop);
  if (allowed.includes(step)) return;
  throw new Refusal('illegal-transition', `Loop ${loop.loopId} is ${loop.phase}; ${step} is not possible now.`, { allowed });
}
