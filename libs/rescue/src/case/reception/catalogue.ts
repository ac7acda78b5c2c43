import type { DutyRule } from '../../duties/duty';
import type { CommandKinds, EventKinds } from '../../stream-kind';
import type { Case } from '../case';
import type { CaseEvent } from '../catalogue';
import { admitPerson, personAdmitted, type AdmitPerson, type PersonAdmitted } from './admit-person';
import { decideEligibility, eligibilityDecided, type DecideEligibility, type EligibilityDecided } from './decide-eligibility';
import { compareFace } from './duties/compare-face';
import { decideEligibilityDuty } from './duties/decide-eligibility';
import { giveNoticeDuty } from './duties/give-notice';
import { stateReasons } from './duties/state-reasons';
import { giveNotice, noticeGiven, type GiveNotice, type NoticeGiven } from './give-notice';
import { openCaseAtHospital, caseOpenedAtHospital, type OpenCaseAtHospital, type CaseOpenedAtHospital } from './open-case-at-hospital';
import {
  recordFaceComparison,
  faceComparisonPerformed,
  type RecordFaceComparison,
  type FaceComparisonPerformed,
} from './record-face-comparison';
import { recordInitialCheck, initialCheckDone, type RecordInitialCheck, type InitialCheckDone } from './record-initial-check';
import { recordSafetyCheck, safetyCheckDone, type RecordSafetyCheck, type SafetyCheckDone } from './record-safety-check';
import { refuseAssistance, assistanceRefused, type RefuseAssistance, type AssistanceRefused } from './refuse-assistance';
import { belongingsRegistered, registerBelongings, type BelongingsRegistered, type RegisterBelongings } from './register-belongings';
import { registerHelpRequest, helpRequestRegistered, type RegisterHelpRequest, type HelpRequestRegistered } from './register-help-request';
import { belongingsReturned, returnBelongings, type BelongingsReturned, type ReturnBelongings } from './return-belongings';

export type ReceptionEvent =
  | HelpRequestRegistered
  | NoticeGiven
  | InitialCheckDone
  | SafetyCheckDone
  | BelongingsRegistered
  | BelongingsReturned
  | EligibilityDecided
  | AssistanceRefused
  | PersonAdmitted
  | FaceComparisonPerformed
  | CaseOpenedAtHospital;
export type ReceptionCommand =
  | RegisterHelpRequest
  | GiveNotice
  | RecordInitialCheck
  | RecordSafetyCheck
  | RegisterBelongings
  | ReturnBelongings
  | DecideEligibility
  | RefuseAssistance
  | AdmitPerson
  | RecordFaceComparison
  | OpenCaseAtHospital;

export const receptionEvents: EventKinds<Case, ReceptionEvent> = {
  HelpRequestRegistered: helpRequestRegistered,
  NoticeGiven: noticeGiven,
  InitialCheckDone: initialCheckDone,
  SafetyCheckDone: safetyCheckDone,
  BelongingsRegistered: belongingsRegistered,
  BelongingsReturned: belongingsReturned,
  EligibilityDecided: eligibilityDecided,
  AssistanceRefused: assistanceRefused,
  PersonAdmitted: personAdmitted,
  FaceComparisonPerformed: faceComparisonPerformed,
  CaseOpenedAtHospital: caseOpenedAtHospital,
};
export const receptionCommands: CommandKinds<Case, ReceptionCommand, ReceptionEvent> = {
  RegisterHelpRequest: registerHelpRequest,
  GiveNotice: giveNotice,
  RecordInitialCheck: recordInitialCheck,
  RecordSafetyCheck: recordSafetyCheck,
  RegisterBelongings: registerBelongings,
  ReturnBelongings: returnBelongings,
  DecideEligibility: decideEligibility,
  RefuseAssistance: refuseAssistance,
  AdmitPerson: admitPerson,
  RecordFaceComparison: recordFaceComparison,
  OpenCaseAtHospital: openCaseAtHospital,
};
export const receptionDuties: readonly DutyRule<Case, CaseEvent>[] = [decideEligibilityDuty, stateReasons, compareFace, giveNoticeDuty];
