import { addDays, dateInChina } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { CalendarDate, Command, Event, Personal } from '../../words';
import { divisionOf } from '../../world/directory';
import { policyFor } from '../../world/world';
import type { Case } from '../case';
import { notNow } from '../only-owner';

/** Whether the person may travel, and until which day that holds (适宜返乡评估). */
export type FitnessToTravelCertified = Event<
  'FitnessToTravelCertified',
  {
    fit: boolean;
    /** The last day on which it holds. */
    validUntil: CalendarDate;
    /** @maxLength 500 */
    conditions?: Personal<'health'>;
  }
>;
export const fitnessToTravelCertified: EventKind<Case, FitnessToTravelCertified> = {
  zh: '适宜返乡评估',
  basis: '[P] dossier 4.4, P3(4)',
  sealed: { conditions: 'health' },
  apply: (state, { fit, validUntil }, { id }) => ({ ...state, hospital: { ...state.hospital, fitness: { fit, validUntil, event: id } } }),
};

/** Without `validUntil` it holds for as many days as the policy `fitness.validDays` says. */
export type CertifyFitnessToTravel = Command<
  'CertifyFitnessToTravel',
  Omit<FitnessToTravelCertified['data'], 'validUntil'> & Readonly<{ validUntil?: CalendarDate }>
>;
export const certifyFitnessToTravel: CommandKind<Case, CertifyFitnessToTravel, FitnessToTravelCertified> = {
  zh: '出具适宜返乡评估',
  by: ['HOSPITAL', 'STATION'],
  decide: ({ data, by, at }, { hospital, custody, owner, location }, { world }) => {
    if (![owner, custody.holder, hospital.staysAt].includes(by.agency))
      throw new Refusal('ACT-WRONG-AGENCY', 'The hospital or station that has the person certifies fitness.');
    if (!['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(location)) throw notNow('The person is not in care.');
    const day = dateInChina(at);
    const days = policyFor('fitness.validDays', divisionOf(world, by.agency, at), at).value;
    const validUntil = data.validUntil ?? addDays(day, days);
    if (validUntil < day)
      throw new Refusal('validation-failed', 'A certificate holds at least on the day it is given.', { pointer: '/validUntil' });
    if (hospital.fitness?.fit === data.fit && hospital.fitness.validUntil === validUntil) return [];
    return [{ type: 'FitnessToTravelCertified', data: { ...data, validUntil } }];
  },
};
