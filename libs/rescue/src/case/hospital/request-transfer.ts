import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, Personal } from '../../words';
import { getAgencyOfKind } from '../../world/directory';
import type { Case, Location } from '../case';
import { notNow } from '../only-owner';
import { stoppedOnTheWay } from './hospital';

/** Somebody falls ill in the station or on the way and is taken to hospital at once (送医申请; Order 381 art 7(3)). An earlier fitness to travel is void. */
export type HospitalTransferRequested = Event<
  'HospitalTransferRequested',
  {
    hospital: AgencyId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'health'>;
  }
>;
export const hospitalTransferRequested: EventKind<Case, HospitalTransferRequested> = {
  zh: '送医申请',
  basis: 'Order 381 art 7(3)',
  sealed: { reason: 'health' },
  parties: { hospital: true },
  apply: (state, { hospital }, { id }) => ({
    ...state,
    hospital: {
      ...state.hospital,
      requestedFor: hospital,
      illnessNotedBy: state.hospital.illnessNotedBy ?? id,
      fitness: null,
    },
  }),
};

export type RequestHospitalTransfer = Command<'RequestHospitalTransfer', HospitalTransferRequested['data']>;
export const requestHospitalTransfer: CommandKind<Case, RequestHospitalTransfer, HospitalTransferRequested> = {
  zh: '申请送医',
  by: ['STATION'],
  decide: ({ data, by, at }, state, { world }) => {
    const { location, custody, owner, hospital } = state;
    getAgencyOfKind(world, data.hospital, at, { kinds: ['HOSPITAL'], pointer: '/hospital' });
    if (by.agency !== owner && by.agency !== custody.holder)
      throw new Refusal('ACT-WRONG-AGENCY', 'The station that has the person, or owns the case, takes the person to hospital.');
    if (hospital.requestedFor === data.hospital) return [];
    if (location !== 'REGISTERED' && location !== 'IN_STATION' && !stoppedOnTheWay(state))
      throw notNow('The person is not in a station.', instead[location] ?? 'ConfirmHospitalDischarge');
    return [{ type: 'HospitalTransferRequested', data }];
  },
};

const instead: { readonly [L in Location]?: string } = { STREET: 'ArrangeEmergencyCare', IN_TRANSIT: 'InterruptDispatch' };
