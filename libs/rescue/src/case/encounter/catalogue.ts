import type { DutyRule } from '../../duties/duty';
import type { CommandKinds, EventKinds } from '../../stream-kind';
import type { Case } from '../case';
import type { CaseEvent } from '../catalogue';
import {
  arrangeEmergencyCare,
  emergencyCareArranged,
  type ArrangeEmergencyCare,
  type EmergencyCareArranged,
} from './arrange-emergency-care';
import { disposeEncounter, encounterDisposed, type DisposeEncounter, type EncounterDisposed } from './dispose-encounter';
import { callStationToHospital } from './duties/call-station-to-hospital';
import { escortSpecialGroups } from './duties/escort-special-groups';
import { handLocalToTownship } from './duties/hand-local-to-township';
import { handToFamily } from './duties/hand-to-family';
import { hospitalForAcutelyIll } from './duties/hospital-for-acutely-ill';
import { informPerson } from './duties/inform-person';
import { queryOnScene } from './duties/query-on-scene';
import { handedToFamilyOrUnit, handToFamilyOrUnit, type HandedToFamilyOrUnit, type HandToFamilyOrUnit } from './hand-to-family-or-unit';
import { informOfHelp, personInformedOfHelp, type InformOfHelp, type PersonInformedOfHelp } from './inform-of-help';
import { onSceneIdentityQueried, queryIdentityOnScene, type OnSceneIdentityQueried, type QueryIdentityOnScene } from './query-identity';
import { encounterRecorded, recordEncounter, type EncounterRecorded, type RecordEncounter } from './record-encounter';
import { helpDeclinedByPerson, recordHelpDeclined, type HelpDeclinedByPerson, type RecordHelpDeclined } from './record-help-declined';
import {
  hospitalIdentificationRequested,
  requestHospitalIdentification,
  type HospitalIdentificationRequested,
  type RequestHospitalIdentification,
} from './request-hospital-identification';

export type EncounterEvent =
  | EncounterRecorded
  | OnSceneIdentityQueried
  | PersonInformedOfHelp
  | EmergencyCareArranged
  | HospitalIdentificationRequested
  | HandedToFamilyOrUnit
  | HelpDeclinedByPerson
  | EncounterDisposed;
export type EncounterCommand =
  | RecordEncounter
  | QueryIdentityOnScene
  | InformOfHelp
  | ArrangeEmergencyCare
  | RequestHospitalIdentification
  | HandToFamilyOrUnit
  | RecordHelpDeclined
  | DisposeEncounter;

export const encounterEvents: EventKinds<Case, EncounterEvent> = {
  EncounterRecorded: encounterRecorded,
  OnSceneIdentityQueried: onSceneIdentityQueried,
  PersonInformedOfHelp: personInformedOfHelp,
  EmergencyCareArranged: emergencyCareArranged,
  HospitalIdentificationRequested: hospitalIdentificationRequested,
  HandedToFamilyOrUnit: handedToFamilyOrUnit,
  HelpDeclinedByPerson: helpDeclinedByPerson,
  EncounterDisposed: encounterDisposed,
};
export const encounterCommands: CommandKinds<Case, EncounterCommand, EncounterEvent> = {
  RecordEncounter: recordEncounter,
  QueryIdentityOnScene: queryIdentityOnScene,
  InformOfHelp: informOfHelp,
  ArrangeEmergencyCare: arrangeEmergencyCare,
  RequestHospitalIdentification: requestHospitalIdentification,
  HandToFamilyOrUnit: handToFamilyOrUnit,
  RecordHelpDeclined: recordHelpDeclined,
  DisposeEncounter: disposeEncounter,
};
export const encounterDuties: readonly DutyRule<Case, CaseEvent>[] = [
  queryOnScene,
  informPerson,
  escortSpecialGroups,
  hospitalForAcutelyIll,
  callStationToHospital,
  handLocalToTownship,
  handToFamily,
];
