import { compareInstants } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, Personal } from '../../words';
import { getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { notNow } from '../only-owner';

/** The station goes to the hospital to find out who the person is and whether help is due (到院甄别; S002-A1 §4(6)). */
export type HospitalIdentificationVisited = Event<
  'HospitalIdentificationVisited',
  {
    hospital: AgencyId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    findings: Personal<'narrative'>;
  }
>;
export const hospitalIdentificationVisited: EventKind<Case, HospitalIdentificationVisited> = {
  zh: '到院甄别',
  basis: 'S002-A1 §4(6)',
  sealed: { findings: 'narrative' },
  parties: { hospital: true },
  apply: (state, _data, { at }) => ({ ...state, hospital: { ...state.hospital, visitedAt: at } }),
};

export type VisitHospitalForIdentification = Command<'VisitHospitalForIdentification', HospitalIdentificationVisited['data']>;
export const visitHospitalForIdentification: CommandKind<Case, VisitHospitalForIdentification, HospitalIdentificationVisited> = {
  zh: '登记到院甄别',
  by: ['STATION'],
  decide: ({ data, by, at }, { owner, encounter, hospital }, { world }) => {
    getAgencyOfKind(world, data.hospital, at, { kinds: ['HOSPITAL'], pointer: '/hospital' });
    if (by.agency !== owner && by.agency !== encounter.identificationBy)
      throw new Refusal('ACT-WRONG-AGENCY', 'The station that was called, or that owns the case, goes to the hospital.');
    if (hospital.visitedAt !== null && compareInstants(hospital.visitedAt, at) === 0) return [];
    if (data.hospital !== encounter.hospital && data.hospital !== hospital.staysAt)
      throw notNow('The person is not said to be at that hospital.', 'RequestHospitalIdentification', 'OpenCaseAtHospital');
    return [{ type: 'HospitalIdentificationVisited', data }];
  },
};
