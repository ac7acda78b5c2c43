import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { isOfKind, stationOrPerson } from './station-of-place';

/** Whoever had somebody brought to hospital tells the station to identify the person there. A station need not call itself. */
export const callStationToHospital: DutyRule<Case, CaseEvent> = {
  key: 'D-P5',
  zh: '通知救助站到院甄别',
  en: 'tell the station to identify the person at the hospital',
  basis: 'S002-A1 §3(1)1',
  force: 'ordinary',
  limit: 'duty.D-P5',
  opens: {
    EmergencyCareArranged: ({ meta }, { foundIn, encounter }, world) =>
      encounter.identificationBy === null && isOfKind(world, meta.by, 'POLICE')
        ? { owedBy: meta.by, owedTo: stationOrPerson(world, foundIn, meta.at) }
        : undefined,
  },
  dischargedBy: { HospitalIdentificationRequested: true },
  lapsesOn: {
    DeathRecorded: true,
    // A station that has the case need not be called any more.
    HelpRequestRegistered: true,
    CaseOpenedAtHospital: true,
    HelpDeclinedByPerson: true,
    HandedToFamilyOrUnit: true,
  },
};
