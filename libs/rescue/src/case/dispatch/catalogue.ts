import type { DutyRule } from '../../duties/duty';
import type { CommandKinds, EventKinds } from '../../stream-kind';
import type { Case } from '../case';
import type { CaseEvent } from '../catalogue';
import type { LoopCancelled } from '../feedback/cancel-loop';
import type { FeedbackDue } from '../feedback/feedback-due';
import type { HandoverRefused } from '../handover/refuse-handover';
import { abortDispatch, dispatchAborted, type AbortDispatch, type DispatchAborted } from './abort-dispatch';
import { acceptReception, receptionAccepted, type AcceptReception, type ReceptionAccepted } from './accept-reception';
import { approveDispatch, dispatchApproved, type ApproveDispatch, type DispatchApproved } from './approve-dispatch';
import { cancelDispatch, dispatchCancelled, type CancelDispatch, type DispatchCancelled } from './cancel-dispatch';
import { contactRelatives, relativesContacted, type ContactRelatives, type RelativesContacted } from './contact-relatives';
import { departDispatch, dispatchDeparted, type DepartDispatch, type DispatchDeparted } from './depart-dispatch';
import { arrangeReturn } from './duties/arrange-return';
import { carryRelayLeg } from './duties/carry-relay-leg';
import { contactHome } from './duties/contact-home';
import { receiveOnArrival } from './duties/receive-on-arrival';
import { replyToContactLetter } from './duties/reply-to-contact-letter';
import { dispatchInterrupted, interruptDispatch, type DispatchInterrupted, type InterruptDispatch } from './interrupt-dispatch';
import {
  issueReceptionContactLetter,
  receptionContactLetterIssued,
  type IssueReceptionContactLetter,
  type ReceptionContactLetterIssued,
} from './issue-contact-letter';
import { dispatchPlanned, planDispatch, type DispatchPlanned, type PlanDispatch } from './plan-dispatch';
import { recordFetchedArrival, type RecordFetchedArrival } from './record-fetched-arrival';
import {
  receptionContactRedirected,
  redirectReceptionContact,
  type ReceptionContactRedirected,
  type RedirectReceptionContact,
} from './redirect-contact';
import { receptionRefused, refuseReception, type ReceptionRefused, type RefuseReception } from './refuse-reception';
import { dispatchRejectedOnArrival, rejectOnArrival, type DispatchRejectedOnArrival, type RejectOnArrival } from './reject-on-arrival';
import { dispatchResumed, resumeDispatch, type DispatchResumed, type ResumeDispatch } from './resume-dispatch';
import { dispatchArrivalHandedOver, dispatchLegHandedOver, type LegSigned } from './sign-leg';

export type DispatchEvent =
  | DispatchPlanned
  | RelativesContacted
  | ReceptionContactLetterIssued
  | ReceptionContactRedirected
  | ReceptionAccepted
  | ReceptionRefused
  | DispatchApproved
  | DispatchDeparted
  | LegSigned
  | DispatchInterrupted
  | DispatchResumed
  | DispatchAborted
  | DispatchRejectedOnArrival
  | DispatchCancelled;
export type DispatchCommand =
  | PlanDispatch
  | ContactRelatives
  | IssueReceptionContactLetter
  | RedirectReceptionContact
  | AcceptReception
  | RefuseReception
  | ApproveDispatch
  | DepartDispatch
  | RecordFetchedArrival
  | InterruptDispatch
  | ResumeDispatch
  | AbortDispatch
  | RejectOnArrival
  | CancelDispatch;

export const dispatchEvents: EventKinds<Case, DispatchEvent> = {
  DispatchPlanned: dispatchPlanned,
  RelativesContacted: relativesContacted,
  ReceptionContactLetterIssued: receptionContactLetterIssued,
  ReceptionContactRedirected: receptionContactRedirected,
  ReceptionAccepted: receptionAccepted,
  ReceptionRefused: receptionRefused,
  DispatchApproved: dispatchApproved,
  DispatchDeparted: dispatchDeparted,
  DispatchLegHandedOver: dispatchLegHandedOver,
  DispatchArrivalHandedOver: dispatchArrivalHandedOver,
  DispatchInterrupted: dispatchInterrupted,
  DispatchResumed: dispatchResumed,
  DispatchAborted: dispatchAborted,
  DispatchRejectedOnArrival: dispatchRejectedOnArrival,
  DispatchCancelled: dispatchCancelled,
};
export const dispatchCommands: CommandKinds<Case, DispatchCommand, DispatchEvent | FeedbackDue | LoopCancelled | HandoverRefused> = {
  PlanDispatch: planDispatch,
  ContactRelatives: contactRelatives,
  IssueReceptionContactLetter: issueReceptionContactLetter,
  RedirectReceptionContact: redirectReceptionContact,
  AcceptReception: acceptReception,
  RefuseReception: refuseReception,
  ApproveDispatch: approveDispatch,
  DepartDispatch: departDispatch,
  RecordFetchedArrival: recordFetchedArrival,
  InterruptDispatch: interruptDispatch,
  ResumeDispatch: resumeDispatch,
  AbortDispatch: abortDispatch,
  RejectOnArrival: rejectOnArrival,
  CancelDispatch: cancelDispatch,
};
export const dispatchDuties: readonly DutyRule<Case, CaseEvent>[] = [
  arrangeReturn,
  contactHome,
  replyToContactLetter,
  receiveOnArrival,
  carryRelayLeg,
];
