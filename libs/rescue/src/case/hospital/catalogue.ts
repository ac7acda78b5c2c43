import type { DutyRule } from '../../duties/duty';
import type { CommandKinds, EventKinds } from '../../stream-kind';
import type { Case } from '../case';
import type { CaseEvent } from '../catalogue';
import {
  certifyFitnessToTravel,
  fitnessToTravelCertified,
  type CertifyFitnessToTravel,
  type FitnessToTravelCertified,
} from './certify-fitness';
import {
  confirmHospitalAdmission,
  hospitalAdmissionConfirmed,
  type ConfirmHospitalAdmission,
  type HospitalAdmissionConfirmed,
} from './confirm-admission';
import {
  confirmHospitalDischarge,
  hospitalDischargeConfirmed,
  type ConfirmHospitalDischarge,
  type HospitalDischargeConfirmed,
} from './confirm-discharge';
import { identifyAtHospital } from './duties/identify-at-hospital';
import { takeToHospital } from './duties/take-to-hospital';
import {
  requestHospitalTransfer,
  hospitalTransferRequested,
  type RequestHospitalTransfer,
  type HospitalTransferRequested,
} from './request-transfer';
import {
  visitHospitalForIdentification,
  hospitalIdentificationVisited,
  type VisitHospitalForIdentification,
  type HospitalIdentificationVisited,
} from './visit-for-identification';

export type HospitalEvent =
  | HospitalTransferRequested
  | HospitalAdmissionConfirmed
  | HospitalIdentificationVisited
  | HospitalDischargeConfirmed
  | FitnessToTravelCertified;
export type HospitalCommand =
  RequestHospitalTransfer | ConfirmHospitalAdmission | VisitHospitalForIdentification | ConfirmHospitalDischarge | CertifyFitnessToTravel;

export const hospitalEvents: EventKinds<Case, HospitalEvent> = {
  HospitalTransferRequested: hospitalTransferRequested,
  HospitalAdmissionConfirmed: hospitalAdmissionConfirmed,
  HospitalIdentificationVisited: hospitalIdentificationVisited,
  HospitalDischargeConfirmed: hospitalDischargeConfirmed,
  FitnessToTravelCertified: fitnessToTravelCertified,
};
export const hospitalCommands: CommandKinds<Case, HospitalCommand, HospitalEvent> = {
  RequestHospitalTransfer: requestHospitalTransfer,
  ConfirmHospitalAdmission: confirmHospitalAdmission,
  VisitHospitalForIdentification: visitHospitalForIdentification,
  ConfirmHospitalDischarge: confirmHospitalDischarge,
  CertifyFitnessToTravel: certifyFitnessToTravel,
};
export const hospitalDuties: readonly DutyRule<Case, CaseEvent>[] = [takeToHospital, identifyAtHospital];
