import type { CommandKinds, EventKinds } from '../../stream-kind';
import type { Case } from '../case';
import type { DispatchCancelled } from '../dispatch/cancel-dispatch';
import type { LoopCancelled } from '../feedback/cancel-loop';
import type { FeedbackDue } from '../feedback/feedback-due';
import { archiveCase, caseArchived, type ArchiveCase, type CaseArchived } from './archive-case';
import { closePoliceSearch, policeSearchClosed, type ClosePoliceSearch, type PoliceSearchClosed } from './close-police-search';
import { absenceConcluded, concludeAbsence, type AbsenceConcluded, type ConcludeAbsence } from './conclude-absence';
import {
  declareSelfDeparture,
  selfDepartureDeclared,
  type DeclareSelfDeparture,
  type SelfDepartureDeclared,
} from './declare-self-departure';
import { absenceDetected, detectAbsence, type AbsenceDetected, type DetectAbsence } from './detect-absence';
import {
  handedToHouseholdTownship,
  handToHouseholdTownship,
  type HandedToHouseholdTownship,
  type HandToHouseholdTownship,
} from './hand-to-household-township';
import { deathRecorded, recordDeath, type DeathRecorded, type RecordDeath } from './record-death';
import { personFoundAgain, recordPersonFound, type PersonFoundAgain, type RecordPersonFound } from './record-person-found';
import { releasedToRelatives, releaseToRelatives, type ReleasedToRelatives, type ReleaseToRelatives } from './release-to-relatives';
import { caseReopened, reopenCase, type CaseReopened, type ReopenCase } from './reopen-case';
import { assistanceTerminated, terminateAssistance, type AssistanceTerminated, type TerminateAssistance } from './terminate-assistance';

export type LeavingEvent =
  | SelfDepartureDeclared
  | ReleasedToRelatives
  | HandedToHouseholdTownship
  | AssistanceTerminated
  | AbsenceDetected
  | PersonFoundAgain
  | PoliceSearchClosed
  | AbsenceConcluded
  | DeathRecorded
  | CaseArchived
  | CaseReopened;
export type LeavingCommand =
  | DeclareSelfDeparture
  | ReleaseToRelatives
  | HandToHouseholdTownship
  | TerminateAssistance
  | DetectAbsence
  | RecordPersonFound
  | ClosePoliceSearch
  | ConcludeAbsence
  | RecordDeath
  | ArchiveCase
  | ReopenCase;

export const leavingEvents: EventKinds<Case, LeavingEvent> = {
  SelfDepartureDeclared: selfDepartureDeclared,
  ReleasedToRelatives: releasedToRelatives,
  HandedToHouseholdTownship: handedToHouseholdTownship,
  AssistanceTerminated: assistanceTerminated,
  AbsenceDetected: absenceDetected,
  PersonFoundAgain: personFoundAgain,
  PoliceSearchClosed: policeSearchClosed,
  AbsenceConcluded: absenceConcluded,
  DeathRecorded: deathRecorded,
  CaseArchived: caseArchived,
  CaseReopened: caseReopened,
};
export const leavingCommands: CommandKinds<Case, LeavingCommand, LeavingEvent | FeedbackDue | LoopCancelled | DispatchCancelled> = {
  DeclareSelfDeparture: declareSelfDeparture,
  ReleaseToRelatives: releaseToRelatives,
  HandToHouseholdTownship: handToHouseholdTownship,
  TerminateAssistance: terminateAssistance,
  DetectAbsence: detectAbsence,
  RecordPersonFound: recordPersonFound,
  ClosePoliceSearch: closePoliceSearch,
  ConcludeAbsence: concludeAbsence,
  RecordDeath: recordDeath,
  ArchiveCase: archiveCase,
  ReopenCase: reopenCase,
};
