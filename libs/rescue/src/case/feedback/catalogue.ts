import type { DutyRule } from '../../duties/duty';
import type { CommandKinds, EventKinds } from '../../stream-kind';
import type { Case } from '../case';
import type { CaseEvent } from '../catalogue';
import { feedbackDueKind, type FeedbackDue } from './feedback-due';
import { feedbackAddresseeAssigned, type FeedbackAddresseeAssigned, assignAddressee, type AssignAddressee } from './assign-addressee';
import { feedbackLetterIssued, type FeedbackLetterIssued, issueFeedbackLetter, type IssueFeedbackLetter } from './issue-feedback-letter';
import { letterDelivered, type LetterDelivered, recordDelivery, type RecordDelivery } from './record-delivery';
import {
  letterDeliveryFailed,
  type LetterDeliveryFailed,
  recordDeliveryFailure,
  type RecordDeliveryFailure,
} from './record-delivery-failure';
import { letterReceipted, type LetterReceipted, receiptLetter, type ReceiptLetter } from './receipt-letter';
import { letterRedirected, type LetterRedirected, redirectLetter, type RedirectLetter } from './redirect-letter';
import {
  letterReturnedForCorrection,
  type LetterReturnedForCorrection,
  returnLetterForCorrection,
  type ReturnLetterForCorrection,
} from './return-letter-for-correction';
import { feedbackCorrected, type FeedbackCorrected, correctFeedback, type CorrectFeedback } from './correct-feedback';
import { feedbackWithdrawn, type FeedbackWithdrawn, withdrawFeedback, type WithdrawFeedback } from './withdraw-feedback';
import { returneeLedgered, type ReturneeLedgered, ledgerReturnee, type LedgerReturnee } from './ledger-returnee';
import { returneeReceptionConfirmed, type ReturneeReceptionConfirmed, confirmReception, type ConfirmReception } from './confirm-reception';
import { returneeNotArrived, type ReturneeNotArrived, reportNotArrived, type ReportNotArrived } from './report-not-arrived';
import {
  returneeIdentityDisputed,
  type ReturneeIdentityDisputed,
  disputeReturneeIdentity,
  type DisputeReturneeIdentity,
} from './dispute-returnee-identity';
import { returneeDisputeRejected, type ReturneeDisputeRejected, rejectDispute, type RejectDispute } from './reject-dispute';
import { homeVisitEntrusted, type HomeVisitEntrusted, entrustHomeVisit, type EntrustHomeVisit } from './entrust-home-visit';
import { homeVisitRecorded, type HomeVisitRecorded, recordHomeVisit, type RecordHomeVisit } from './record-home-visit';
import {
  homelessnessEstablished,
  type HomelessnessEstablished,
  establishHomelessness,
  type EstablishHomelessness,
} from './establish-homelessness';
import {
  homelessPlacementDecided,
  type HomelessPlacementDecided,
  decideHomelessPlacement,
  type DecideHomelessPlacement,
} from './decide-homeless-placement';
import { hardshipReported, type HardshipReported, reportHardship, type ReportHardship } from './report-hardship';
import {
  assistanceMeasureRecorded,
  type AssistanceMeasureRecorded,
  assistanceDeclined,
  type AssistanceDeclined,
  recordAssistanceMeasure,
  type RecordAssistanceMeasure,
  declineAssistance,
  type DeclineAssistance,
} from './answer-hardship';
import { outcomeLetterIssued, type OutcomeLetterIssued, issueOutcomeLetter, type IssueOutcomeLetter } from './issue-outcome-letter';
import {
  outcomeLetterReceipted,
  type OutcomeLetterReceipted,
  receiptOutcomeLetter,
  type ReceiptOutcomeLetter,
} from './receipt-outcome-letter';
import { loopClosed, type LoopClosed, closeLoop, type CloseLoop } from './close-loop';
import { loopReopened, type LoopReopened, reopenLoop, type ReopenLoop } from './reopen-loop';
import { loopCancelled, type LoopCancelled } from './cancel-loop';
import { reminderIssued, type ReminderIssued, issueReminder, type IssueReminder } from './issue-reminder';
import { writeFeedback } from './duties/write-feedback';
import { receiptFeedback } from './duties/receipt-feedback';
import { enterLedger } from './duties/enter-ledger';
import { tellReception } from './duties/tell-reception';
import { visitHome } from './duties/visit-home';
import { passOnHardship } from './duties/pass-on-hardship';
import { helpReturnee } from './duties/help-returnee';
import { answerFeedback } from './duties/answer-feedback';
import { mendFeedback } from './duties/mend-feedback';

export type FeedbackEvent =
  | FeedbackDue
  | FeedbackAddresseeAssigned
  | FeedbackLetterIssued
  | LetterDelivered
  | LetterDeliveryFailed
  | LetterReceipted
  | LetterRedirected
  | LetterReturnedForCorrection
  | FeedbackCorrected
  | FeedbackWithdrawn
  | ReturneeLedgered
  | ReturneeReceptionConfirmed
  | ReturneeNotArrived
  | ReturneeIdentityDisputed
  | ReturneeDisputeRejected
  | HomeVisitEntrusted
  | HomeVisitRecorded
  | HomelessnessEstablished
  | HomelessPlacementDecided
  | HardshipReported
  | AssistanceMeasureRecorded
  | AssistanceDeclined
  | OutcomeLetterIssued
  | OutcomeLetterReceipted
  | LoopClosed
  | LoopReopened
  | LoopCancelled
  | ReminderIssued;
export type FeedbackCommand =
  | AssignAddressee
  | IssueFeedbackLetter
  | RecordDelivery
  | RecordDeliveryFailure
  | ReceiptLetter
  | RedirectLetter
  | ReturnLetterForCorrection
  | CorrectFeedback
  | WithdrawFeedback
  | LedgerReturnee
  | ConfirmReception
  | ReportNotArrived
  | DisputeReturneeIdentity
  | RejectDispute
  | EntrustHomeVisit
  | RecordHomeVisit
  | EstablishHomelessness
  | DecideHomelessPlacement
  | ReportHardship
  | RecordAssistanceMeasure
  | DeclineAssistance
  | IssueOutcomeLetter
  | ReceiptOutcomeLetter
  | CloseLoop
  | ReopenLoop
  | IssueReminder;

export const feedbackEvents: EventKinds<Case, FeedbackEvent> = {
  FeedbackDue: feedbackDueKind,
  FeedbackAddresseeAssigned: feedbackAddresseeAssigned,
  FeedbackLetterIssued: feedbackLetterIssued,
  LetterDelivered: letterDelivered,
  LetterDeliveryFailed: letterDeliveryFailed,
  LetterReceipted: letterReceipted,
  LetterRedirected: letterRedirected,
  LetterReturnedForCorrection: letterReturnedForCorrection,
  FeedbackCorrected: feedbackCorrected,
  FeedbackWithdrawn: feedbackWithdrawn,
  ReturneeLedgered: returneeLedgered,
  ReturneeReceptionConfirmed: returneeReceptionConfirmed,
  ReturneeNotArrived: returneeNotArrived,
  ReturneeIdentityDisputed: returneeIdentityDisputed,
  ReturneeDisputeRejected: returneeDisputeRejected,
  HomeVisitEntrusted: homeVisitEntrusted,
  HomeVisitRecorded: homeVisitRecorded,
  HomelessnessEstablished: homelessnessEstablished,
  HomelessPlacementDecided: homelessPlacementDecided,
  HardshipReported: hardshipReported,
  AssistanceMeasureRecorded: assistanceMeasureRecorded,
  AssistanceDeclined: assistanceDeclined,
  OutcomeLetterIssued: outcomeLetterIssued,
  OutcomeLetterReceipted: outcomeLetterReceipted,
  LoopClosed: loopClosed,
  LoopReopened: loopReopened,
  LoopCancelled: loopCancelled,
  ReminderIssued: reminderIssued,
};
export const feedbackCommands: CommandKinds<Case, FeedbackCommand, FeedbackEvent> = {
  AssignAddressee: assignAddressee,
  IssueFeedbackLetter: issueFeedbackLetter,
  RecordDelivery: recordDelivery,
  RecordDeliveryFailure: recordDeliveryFailure,
  ReceiptLetter: receiptLetter,
  RedirectLetter: redirectLetter,
  ReturnLetterForCorrection: returnLetterForCorrection,
  CorrectFeedback: correctFeedback,
  WithdrawFeedback: withdrawFeedback,
  LedgerReturnee: ledgerReturnee,
  ConfirmReception: confirmReception,
  ReportNotArrived: reportNotArrived,
  DisputeReturneeIdentity: disputeReturneeIdentity,
  RejectDispute: rejectDispute,
  EntrustHomeVisit: entrustHomeVisit,
  RecordHomeVisit: recordHomeVisit,
  EstablishHomelessness: establishHomelessness,
  DecideHomelessPlacement: decideHomelessPlacement,
  ReportHardship: reportHardship,
  RecordAssistanceMeasure: recordAssistanceMeasure,
  DeclineAssistance: declineAssistance,
  IssueOutcomeLetter: issueOutcomeLetter,
  ReceiptOutcomeLetter: receiptOutcomeLetter,
  CloseLoop: closeLoop,
  ReopenLoop: reopenLoop,
  IssueReminder: issueReminder,
};
export const feedbackDuties: readonly DutyRule<Case, CaseEvent>[] = [
  writeFeedback,
  receiptFeedback,
  enterLedger,
  tellReception,
  visitHome,
  passOnHardship,
  helpReturnee,
  answerFeedback,
  mendFeedback,
];
