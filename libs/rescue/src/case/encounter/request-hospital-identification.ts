import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, Personal } from '../../words';
import { getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { notNow } from '../only-owner';

/** The station is told to identify the person at the hospital (通知到院甄别; S002-A1 §3(1)1). */
export type HospitalIdentificationRequested = Event<
  'HospitalIdentificationRequested',
  {
    hospital: AgencyId;
    station: AgencyId;
    /** @maxLength 60 */
    ward?: Personal<'health'>;
  }
>;
export const hospitalIdentificationRequested: EventKind<Case, HospitalIdentificationRequested> = {
  zh: '通知到院甄别',
  basis: 'S002-A1 §3(1)1',
  sealed: { ward: 'health' },
  parties: { hospital: true, station: true },
  apply: (state, { hospital, station }) => ({ ...state, encounter: { ...state.encounter, hospital, identificationBy: station } }),
};

export type RequestHospitalIdentification = Command<'RequestHospitalIdentification', HospitalIdentificationRequested['data']>;
export const requestHospitalIdentification: CommandKind<Case, RequestHospitalIdentification, HospitalIdentificationRequested> = {
  zh: '通知救助站到院甄别',
  by: ['POLICE', 'HOSPITAL'],
  decide: ({ data, by, at }, { encounter, custody, owner }, { world }) => {
    getAgencyOfKind(world, data.hospital, at, { kinds: ['HOSPITAL'], pointer: '/hospital' });
    getAgencyOfKind(world, data.station, at, { kinds: ['STATION'], pointer: '/station' });
    if (![encounter.by, custody.holder, data.hospital].includes(by.agency))
      throw new Refusal('ACT-WRONG-AGENCY', 'Whoever found the person, or the hospital, calls the station to the hospital.');
    if (encounter.identificationBy === data.station && encounter.hospital === data.hospital) return [];
    if (!encounter.recorded || owner !== null)
      throw notNow('A station has the case already; it need not be called.', 'VisitHospitalForIdentification');
    return [{ type: 'HospitalIdentificationRequested', data }];
  },
};
