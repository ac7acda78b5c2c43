import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Actor, Command, Event, Personal } from '../../words';
import { isInCare, type Case } from '../case';
import { checkCustodyOrder, custodyEnded } from '../custody';
import { cancelledDispatches, type DispatchCancelled } from '../dispatch/cancel-dispatch';
import { cancelledLoops, type LoopCancelled } from '../feedback/cancel-loop';

/** The person died (死亡). Custody ends; a return home in preparation and a loop before arrival end with it. */
export type DeathRecorded = Event<
  'DeathRecorded',
  {
    /**
     * @minLength 1
     * @maxLength 500
     */
    place: Personal<'health'>;
    /**
     * @minLength 1
     * @maxLength 500
     */
    cause: Personal<'health'>;
    /** @maxLength 60 */
    certificateNumber?: Personal<'health'>;
    /**
     * Under which the call to 110 was taken.
     * @maxLength 60
     */
    policeAlarmNumber?: string;
  }
>;
export const deathRecorded: EventKind<Case, DeathRecorded> = {
  zh: '死亡',
  basis: 'S002-A3; dossier P14',
  sealed: { place: 'health', cause: 'health', certificateNumber: 'health' },
  apply: (state, _data, { at }) => ({
    ...state,
    location: 'DECEASED',
    locationBefore: state.location,
    custody: custodyEnded(state.custody, at),
    leaving: {
      ...state.leaving,
      missingSince: null,
      ...(isInCare(state) ? { mode: 'DEATH', leftAt: at } : {}),
    },
  }),
};

export type RecordDeath = Command<'RecordDeath', DeathRecorded['data']>;
export const recordDeath: CommandKind<Case, RecordDeath, DeathRecorded | DispatchCancelled | LoopCancelled> = {
  zh: '登记死亡',
  by: ['STATION', 'HOSPITAL'],
  decide: ({ data, by, at }, state) => {
    onlyWhoHadThePerson(state, by);
    if (state.location === 'DECEASED') return [];
    checkCustodyOrder(state.custody, at);
    return [{ type: 'DeathRecorded', data }, ...cancelledDispatches(state, 'DEATH'), ...cancelledLoops(state, 'DEATH_BEFORE_ARRIVAL')];
  },
};

function onlyWhoHadThePerson({ owner, custody, hospital, encounter }: Case, { agency }: Actor): void {
  if ([owner, custody.holder, hospital.staysAt, encounter.hospital].includes(agency)) return;
  throw new Refusal('ACT-WRONG-AGENCY', 'Only the station that owns the case, or the hospital that has the person, records a death.');
}
