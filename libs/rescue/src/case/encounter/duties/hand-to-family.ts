import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';
import { signedAs } from './signed-as';
import { isOfKind } from './station-of-place';

/** Who has family or employer in this city is handed to them, and they are urged to perform guardianship. */
export const handToFamily: DutyRule<Case, CaseEvent> = {
  key: 'D-P7',
  zh: '移交家属或单位并督促履行监管义务',
  en: 'hand to family or unit and urge guardianship',
  basis: 'S002-A1 §4(2)',
  force: 'ordinary',
  limit: 'duty.D-P7',
  opens: {
    EncounterRecorded: ({ data, meta }, _state, world) =>
      data.familyOrUnitInCity === true && isOfKind(world, meta.by, 'POLICE', 'STATION') ? { owedBy: meta.by, owedTo: 'PERSON' } : undefined,
    OnSceneIdentityQueried: ({ data, meta }, { encounter }, world) => {
      // City management or a township may have said so before; they owe nothing here, the police who come do.
      const owedAlready =
        encounter.familyKnownBy !== meta.id && encounter.by !== null && isOfKind(world, encounter.by, 'POLICE', 'STATION');
      return data.familyOrUnitInCity === true && !owedAlready ? { owedBy: meta.by, owedTo: 'PERSON' } : undefined;
    },
  },
  dischargedBy: { HandedToFamilyOrUnit: true },
  lapsesOn: {
    ...noLongerInCare,
    HandoverAccepted: signedAs('POLICE_HOSPITAL', 'POLICE_TOWNSHIP'),
    HelpDeclinedByPerson: true,
  },
};
