import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { notNow } from '../only-owner';
import { checkHospitalOrCertificate } from './confirm-admission';
import { returnedFromHospital } from './hospital';

/** Treatment has ended (出院确认). The person is back when the station has signed as well. */
export type HospitalDischargeConfirmed = Event<
  'HospitalDischargeConfirmed',
  {
    hospital: AgencyId;
    /**
     * Reference of the discharge certificate (出院证明).
     * @minLength 1
     * @maxLength 100
     */
    certificate: Personal<'health'>;
    /** @maxLength 500 */
    diagnosisSummary?: Personal<'health'>;
  }
>;
export const hospitalDischargeConfirmed: EventKind<Case, HospitalDischargeConfirmed> = {
  zh: '出院确认',
  basis: 'dossier P3(4)',
  sealed: { certificate: 'health', diagnosisSummary: 'health' },
  parties: { hospital: true },
  apply: (state) => returnedFromHospital({ ...state, hospital: { ...state.hospital, discharged: true } }),
};

export type ConfirmHospitalDischarge = Command<'ConfirmHospitalDischarge', HospitalDischargeConfirmed['data']>;
export const confirmHospitalDischarge: CommandKind<Case, ConfirmHospitalDischarge, HospitalDischargeConfirmed> = {
  zh: '确认出院',
  by: ['HOSPITAL', 'STATION'],
  decide: (command, state, { world }) => {
    checkHospitalOrCertificate(command, state, world);
    const { hospital } = state;
    // Also of somebody who has left or gone missing from there: the stay ends on paper before the file is archived.
    if (hospital.staysAt === null) throw notNow('The person is not in hospital.', 'ConfirmHospitalAdmission');
    if (hospital.staysAt !== command.data.hospital)
      throw new Refusal('ACT-WRONG-AGENCY', 'The hospital where the person stays ends the treatment.', { pointer: '/hospital' });
    return hospital.discharged ? [] : [{ type: 'HospitalDischargeConfirmed', data: command.data }];
  },
};
