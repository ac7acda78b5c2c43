import { compareInstants } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, Instant } from '../../words';
import { getAgency, getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { notNow } from '../only-owner';

/** The station takes the case of somebody who was brought to a hospital (在院建案). The hospital keeps custody; the station owns the case. */
export type CaseOpenedAtHospital = Event<
  'CaseOpenedAtHospital',
  {
    hospital: AgencyId;
    /** Tracing thresholds count from here. */
    deliveredAt: Instant;
    deliveredBy: AgencyId;
  }
>;
export const caseOpenedAtHospital: EventKind<Case, CaseOpenedAtHospital> = {
  zh: '在院建案',
  basis: 'S002-A1 §3(1)1, §4(6)',
  parties: { hospital: true, deliveredBy: true },
  apply: (state, { hospital, deliveredAt }, { by }) => ({
    ...state,
    location: 'IN_HOSPITAL',
    owner: by,
    reception: { ...state.reception, enteredAt: deliveredAt },
    hospital: { ...state.hospital, staysAt: hospital, discharged: false },
  }),
};

export type OpenCaseAtHospital = Command<'OpenCaseAtHospital', CaseOpenedAtHospital['data']>;
export const openCaseAtHospital: CommandKind<Case, OpenCaseAtHospital, CaseOpenedAtHospital> = {
  zh: '在院建案',
  by: ['STATION'],
  decide: ({ data, by, at }, { owner, location, custody, encounter }, { world }) => {
    getAgencyOfKind(world, data.hospital, at, { kinds: ['HOSPITAL'], pointer: '/hospital' });
    getAgency(world, data.deliveredBy, at, '/deliveredBy');
    if (owner !== null && owner !== by.agency) throw new Refusal('ACT-WRONG-AGENCY', 'Another station owns the case.');
    if (encounter.identificationBy !== null && encounter.identificationBy !== by.agency)
      throw new Refusal('ACT-WRONG-AGENCY', 'Another station was called to the hospital.');
    if (owner !== null && location === 'IN_HOSPITAL') return [];
    if (owner !== null || (location !== 'STREET' && location !== 'IN_HOSPITAL'))
      throw notNow('The person has been registered already.', 'RequestHospitalTransfer');
    if (custody.holder !== data.hospital)
      throw notNow('The hospital has not signed for the person.', 'RegisterHelpRequest', 'OfferHandover', 'AcceptHandover');
    if (compareInstants(data.deliveredAt, at) > 0)
      throw new Refusal('TIM-ORDER', 'The person was delivered before the case was opened.', { pointer: '/deliveredAt' });
    return [{ type: 'CaseOpenedAtHospital', data }];
  },
};
