import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event } from '../../words';
import { getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { notNow } from '../only-owner';

/** Straight to a designated hospital, or the emergency service was called (急救送医; branch B1). Custody passes when the hospital signs. */
export type EmergencyCareArranged = Event<
  'EmergencyCareArranged',
  { mode: 'DIRECT_TO_HOSPITAL' | 'AMBULANCE_CALLED'; hospital?: AgencyId }
>;
export const emergencyCareArranged: EventKind<Case, EmergencyCareArranged> = {
  zh: '急救送医',
  basis: 'S002-A1 §2(3), §3(1)1',
  parties: { hospital: true },
  apply: (state, { hospital }) => ({
    ...state,
    encounter: { ...state.encounter, careArranged: true, hospital: hospital ?? state.encounter.hospital },
  }),
};

export type ArrangeEmergencyCare = Command<'ArrangeEmergencyCare', EmergencyCareArranged['data']>;
export const arrangeEmergencyCare: CommandKind<Case, ArrangeEmergencyCare, EmergencyCareArranged> = {
  zh: '安排急救送医',
  // City management is added to the dossier's list: whoever finds an acutely ill person must be able to record that help was called.
  by: ['POLICE', 'TOWNSHIP', 'STATION', 'URBAN_MGMT'],
  decide: ({ data, by, at }, { encounter, custody, location }, { world }) => {
    if (data.hospital !== undefined) getAgencyOfKind(world, data.hospital, at, { kinds: ['HOSPITAL'], pointer: '/hospital' });
    if (by.agency !== encounter.by && by.agency !== custody.holder)
      throw new Refusal('ACT-WRONG-AGENCY', 'Whoever found the person or has the person arranges emergency care.');
    if (data.mode === 'DIRECT_TO_HOSPITAL' && data.hospital === undefined)
      throw new Refusal('validation-failed', 'Which hospital the person is brought to must be said.', { pointer: '/hospital' });
    if (encounter.careArranged && (data.hospital === undefined || data.hospital === encounter.hospital)) return [];
    if (!encounter.recorded || location !== 'STREET')
      throw notNow('Emergency care on the street is for a person found there.', 'RequestHospitalTransfer');
    return [{ type: 'EmergencyCareArranged', data }];
  },
};
