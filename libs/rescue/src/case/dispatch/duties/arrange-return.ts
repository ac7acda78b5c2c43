import { dateInChina } from '@guitu/standards';
import { isOwed, type DutyBook, type DutyRule, type Opening } from '../../../duties/duty';
import type { Instant } from '../../../words';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { leavingEndsIt } from './leaving-ends-it';

const { DeathRecorded: _keepsNoPromise, ...leftOtherwise } = leavingEndsIt;

/** Once the identity is confirmed and the person is fit, whichever comes later, the return home is arranged as soon as possible. */
export const arrangeReturn: DutyRule<Case, CaseEvent> = {
  key: 'D-R1',
  zh: '安排返乡',
  en: 'arrange the return home',
  basis: 'S001 §2(2); S004',
  force: 'ordinary',
  limit: 'duty.D-R1',
  opens: {
    IdentityConfirmed: ({ meta }, state, _world, duties) => owed(state, meta.at, duties),
    FitnessToTravelCertified: ({ meta }, state, _world, duties) => owed(state, meta.at, duties),
    // A journey that failed leaves the person in care: the return is still to be arranged.
    DispatchAborted: ({ meta }, state, _world, duties) => owed(state, meta.at, duties),
    DispatchRejectedOnArrival: ({ data, meta }, state, _world, duties) =>
      data.reason === 'IDENTITY_MISMATCH' ? undefined : owed(state, meta.at, duties),
  },
  dischargedBy: { DispatchDeparted: true, DispatchResumed: true, ...leftOtherwise },
  lapsesOn: {
    DeathRecorded: true,
    AssistanceRefused: true,
    IdentityRetracted: true,
    FitnessToTravelCertified: ({ data }) => !data.fit,
    HospitalAdmissionConfirmed: true,
  },
};

/** None while it is owed already: a renewed certificate gives no more time. */
function owed({ owner, identity, hospital, location }: Case, at: Instant, duties: DutyBook): Opening | undefined {
  const inCare = ['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(location);
  const fit = hospital.fitness?.fit === true && hospital.fitness.validUntil >= dateInChina(at);
  return owner !== null && inCare && identity.phase === 'CONFIRMED' && fit && !isOwed(duties, 'D-R1')
    ? { owedBy: owner, owedTo: 'PERSON' }
    : undefined;
}
