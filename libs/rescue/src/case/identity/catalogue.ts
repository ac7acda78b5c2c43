import type { DutyRule } from '../../duties/duty';
import type { CommandKinds, EventKinds } from '../../stream-kind';
import type { Case } from '../case';
import type { LoopCancelled } from '../feedback/cancel-loop';
import type { CaseEvent } from '../catalogue';
import { claimIdentity, identityClaimed, type ClaimIdentity, type IdentityClaimed } from './claim-identity';
import { confirmIdentity, identityConfirmed, type ConfirmIdentity, type IdentityConfirmed } from './confirm-identity';
import {
  confirmLocalHousehold,
  localHouseholdConfirmed,
  type ConfirmLocalHousehold,
  type LocalHouseholdConfirmed,
} from './confirm-local-household';
import { answerDna } from './duties/answer-dna';
import { answerVerification } from './duties/answer-verification';
import { handLocalHouseholdOver } from './duties/hand-local-household-over';
import { requestDna } from './duties/request-dna';
import { updateTracing } from './duties/update-tracing';
import { replyDnaResult, dnaResultReplied, type ReplyDnaResult, type DnaResultReplied } from './reply-dna-result';
import {
  replyPoliceVerification,
  policeVerificationReplied,
  type ReplyPoliceVerification,
  type PoliceVerificationReplied,
} from './reply-police-verification';
import { requestDnaSampling, dnaSamplingRequested, type RequestDnaSampling, type DnaSamplingRequested } from './request-dna-sampling';
import {
  requestPoliceVerification,
  policeVerificationRequested,
  type RequestPoliceVerification,
  type PoliceVerificationRequested,
} from './request-police-verification';
import { retractIdentity, identityRetracted, type RetractIdentity, type IdentityRetracted } from './retract-identity';
import { setSpecialCategories, specialCategorySet, type SetSpecialCategories, type SpecialCategorySet } from './set-special-categories';
import { updateTracingInfo, tracingInfoUpdated, type UpdateTracingInfo, type TracingInfoUpdated } from './update-tracing-info';

export type IdentityEvent =
  | IdentityClaimed
  | PoliceVerificationRequested
  | PoliceVerificationReplied
  | IdentityConfirmed
  | IdentityRetracted
  | LocalHouseholdConfirmed
  | SpecialCategorySet
  | DnaSamplingRequested
  | DnaResultReplied
  | TracingInfoUpdated;
export type IdentityCommand =
  | ClaimIdentity
  | RequestPoliceVerification
  | ReplyPoliceVerification
  | ConfirmIdentity
  | RetractIdentity
  | ConfirmLocalHousehold
  | SetSpecialCategories
  | RequestDnaSampling
  | ReplyDnaResult
  | UpdateTracingInfo;

export const identityEvents: EventKinds<Case, IdentityEvent> = {
  IdentityClaimed: identityClaimed,
  PoliceVerificationRequested: policeVerificationRequested,
  PoliceVerificationReplied: policeVerificationReplied,
  IdentityConfirmed: identityConfirmed,
  IdentityRetracted: identityRetracted,
  LocalHouseholdConfirmed: localHouseholdConfirmed,
  SpecialCategorySet: specialCategorySet,
  DnaSamplingRequested: dnaSamplingRequested,
  DnaResultReplied: dnaResultReplied,
  TracingInfoUpdated: tracingInfoUpdated,
};
export const identityCommands: CommandKinds<Case, IdentityCommand, IdentityEvent | LoopCancelled> = {
  ClaimIdentity: claimIdentity,
  RequestPoliceVerification: requestPoliceVerification,
  ReplyPoliceVerification: replyPoliceVerification,
  ConfirmIdentity: confirmIdentity,
  RetractIdentity: retractIdentity,
  ConfirmLocalHousehold: confirmLocalHousehold,
  SetSpecialCategories: setSpecialCategories,
  RequestDnaSampling: requestDnaSampling,
  ReplyDnaResult: replyDnaResult,
  UpdateTracingInfo: updateTracingInfo,
};
export const identityDuties: readonly DutyRule<Case, CaseEvent>[] = [
  handLocalHouseholdOver,
  requestDna,
  answerDna,
  answerVerification,
  updateTracing,
];
