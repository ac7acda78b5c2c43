import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';
import { signedAs } from './signed-as';
import { isOfKind, stationOrPerson } from './station-of-place';

/**
 * Special groups are escorted to the station with a written handover. Not opened where a safety branch goes first (hospital); it lapses
 * when the person was handed to a hospital, township or family instead, or declined help.
 */
export const escortSpecialGroups: DutyRule<Case, CaseEvent> = {
  key: 'D-P3',
  zh: '护送特殊群体并书面交接',
  en: 'escort special groups to the station, with a written handover',
  basis: 'S002-A1 §3(1)1, §4(4)',
  force: 'hard',
  limit: 'duty.D-P3',
  opens: {
    EncounterRecorded: ({ data, meta }, _state, world) =>
      data.needsEscort && !data.hospitalFirst && isOfKind(world, meta.by, 'POLICE', 'URBAN_MGMT', 'TOWNSHIP')
        ? { owedBy: meta.by, owedTo: stationOrPerson(world, data.place.division, meta.at) }
        : undefined,
  },
  dischargedBy: { HandoverAccepted: signedAs('POLICE_STATION', 'URBAN_STATION', 'TOWNSHIP_STATION') },
  lapsesOn: {
    // Who came to the station by another way and has left from there: the breach stays in the record, nothing is left to do.
    ...noLongerInCare,
    HandoverAccepted: signedAs('POLICE_HOSPITAL', 'POLICE_TOWNSHIP'),
    EmergencyCareArranged: true,
    HandedToFamilyOrUnit: true,
    HelpDeclinedByPerson: true,
  },
};
