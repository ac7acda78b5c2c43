import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { cancelledLoops, type LoopCancelled } from '../feedback/cancel-loop';
import { onlyOwner } from '../only-owner';

export type RetractionReason = 'MISMATCH_AT_ARRIVAL' | 'FORGED' | 'WRONG_MATCH' | 'FAMILY_DENIES';

/** The confirmed identity was wrong (身份撤销确认). It stays readable as the version it was. */
export type IdentityRetracted = Event<
  'IdentityRetracted',
  {
    /**
     * The version that is retracted, and the event that confirmed it.
     * @asType integer
     * @minimum 1
     */
    version: number;
    retracts: string;
    reason: RetractionReason;
    /** @maxLength 500 */
    note?: Personal<'narrative'>;
  }
>;
export const identityRetracted: EventKind<Case, IdentityRetracted> = {
  zh: '身份撤销确认',
  basis: '[P] dossier 4.5, 5.1; PIPL art 8',
  sealed: { note: 'narrative' },
  apply: (state, _data, { at }) => ({
    ...state,
    // What the wrong identity said about the age goes with it.
    person: { ...state.person, ...state.identity.current?.ageBefore },
    identity: { ...state.identity, phase: 'RETRACTED', current: null, localTownship: null, retractedAt: at },
  }),
};

export type RetractIdentity = Command<'RetractIdentity', Omit<IdentityRetracted['data'], 'version' | 'retracts'>>;
export const retractIdentity: CommandKind<Case, RetractIdentity, IdentityRetracted | LoopCancelled> = {
  zh: '撤销身份确认',
  by: ['STATION'],
  decide: ({ data, by }, state) => {
    onlyOwner(state, by);
    const { phase, current } = state.identity;
    if (phase === 'RETRACTED') return [];
    if (current === null) throw new Refusal('IDN-NOT-CONFIRMED', 'No identity is confirmed that could be retracted.');
    return [
      { type: 'IdentityRetracted', data: { ...data, version: current.version, retracts: current.event } },
      ...cancelledLoops(state, 'IDENTITY_RETRACTED'),
    ];
  },
};
