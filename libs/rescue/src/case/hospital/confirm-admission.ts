import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, Personal } from '../../words';
import { getAgencyOfKind } from '../../world/directory';
import type { World } from '../../world/world';
import type { Case } from '../case';
import { notNow } from '../only-owner';
import { stoppedOnTheWay } from './hospital';

/** The hospital treats the person (收治确认). It must have signed for the person before; a journey stops first (dossier P5(8)). */
export type HospitalAdmissionConfirmed = Event<
  'HospitalAdmissionConfirmed',
  {
    hospital: AgencyId;
    /** @maxLength 40 */
    admissionNumber?: Personal<'health'>;
    /** @maxLength 60 */
    department?: Personal<'health'>;
    /**
     * Reference of the certificate, which a station must have.
     * @maxLength 100
     */
    certificate?: Personal<'health'>;
  }
>;
export const hospitalAdmissionConfirmed: EventKind<Case, HospitalAdmissionConfirmed> = {
  zh: '收治确认',
  basis: 'Order 381 art 7(3); S002-A1 §4(5)',
  sealed: { admissionNumber: 'health', department: 'health', certificate: 'health' },
  parties: { hospital: true },
  apply: (state, { hospital }) => ({
    ...state,
    location: 'IN_HOSPITAL',
    hospital: {
      ...state.hospital,
      requestedFor: null,
      illnessNotedBy: null,
      staysAt: hospital,
      admitted: true,
      discharged: false,
      fitness: null,
    },
  }),
};

export type ConfirmHospitalAdmission = Command<'ConfirmHospitalAdmission', HospitalAdmissionConfirmed['data']>;
export const confirmHospitalAdmission: CommandKind<Case, ConfirmHospitalAdmission, HospitalAdmissionConfirmed> = {
  zh: '确认收治',
  by: ['HOSPITAL', 'STATION'],
  decide: (command, state, { world }) => {
    const { data, at } = command;
    const { hospital, location, custody, handovers } = state;
    getAgencyOfKind(world, data.hospital, at, { kinds: ['HOSPITAL'], pointer: '/hospital' });
    checkHospitalOrCertificate(command, state, world);
    if (location === 'IN_HOSPITAL' && hospital.admitted && hospital.staysAt === data.hospital && !hospital.discharged) return [];
    if (!['STREET', 'REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(location) && !stoppedOnTheWay(state))
      throw notNow('The person cannot be admitted from here.', ...(location === 'IN_TRANSIT' ? ['InterruptDispatch'] : []));
    const signed = Object.values(handovers).some(({ phase, to }) => phase === 'ACCEPTED' && to === data.hospital);
    if (!signed || custody.holder !== data.hospital)
      throw notNow('The hospital has not signed for the person.', 'OfferHandover', 'AcceptHandover');
    return [{ type: 'HospitalAdmissionConfirmed', data }];
  },
};

type Confirmation = Readonly<{ hospital: AgencyId; certificate?: string }>;

/** The hospital itself confirms, or the station that owns the case with the hospital's certificate. */
export function checkHospitalOrCertificate({ data, by, at }: Command<string, Confirmation>, { owner }: Case, world: World): void {
  if (by.agency === data.hospital) return;
  getAgencyOfKind(world, data.hospital, at, { kinds: ['HOSPITAL'], pointer: '/hospital' });
  if (by.agency !== owner)
    throw new Refusal('ACT-WRONG-AGENCY', 'The hospital confirms it, or the station that owns the case with a certificate.');
  if (data.certificate === undefined)
    throw new Refusal('validation-failed', "A station confirms it with the hospital's certificate only.", { pointer: '/certificate' });
}
