import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, Personal } from '../../words';
import { divisionOf, getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { notNow, onlyOwner } from '../only-owner';
import { isLocalHere } from './is-local-here';

/** The sheltered person turns out to have the household in this city (确认本市户籍; S002-A1 §4(2)): the township takes over. */
export type LocalHouseholdConfirmed = Event<
  'LocalHouseholdConfirmed',
  {
    township: AgencyId;
    /**
     * @minLength 1
     * @maxLength 500
     */
    evidence: Personal<'narrative'>;
  }
>;
export const localHouseholdConfirmed: EventKind<Case, LocalHouseholdConfirmed> = {
  zh: '确认本市户籍',
  basis: 'S002-A1 §4(2)',
  sealed: { evidence: 'narrative' },
  parties: { township: true },
  apply: (state, { township }) => ({ ...state, identity: { ...state.identity, localTownship: township } }),
};

export type ConfirmLocalHousehold = Command<'ConfirmLocalHousehold', LocalHouseholdConfirmed['data']>;
export const confirmLocalHousehold: CommandKind<Case, ConfirmLocalHousehold, LocalHouseholdConfirmed> = {
  zh: '确认本市户籍',
  by: ['STATION'],
  decide: ({ data, by, at }, state, { world }) => {
    getAgencyOfKind(world, data.township, at, { kinds: ['TOWNSHIP'], pointer: '/township' });
    onlyOwner(state, by);
    const { identity, location } = state;
    if (identity.localTownship === data.township) return [];
    if (!['REGISTERED', 'IN_STATION', 'IN_HOSPITAL'].includes(location)) throw notNow('The person is not in care.');
    if (!isLocalHere(state, divisionOf(world, data.township, at), world, at))
      throw new Refusal('validation-failed', 'That township is not in this city.', { pointer: '/township' });
    if (identity.current !== null && !isLocalHere(state, identity.current.homeDivision, world, at))
      throw notNow('The confirmed identity has its household elsewhere.', 'RetractIdentity');
    return [{ type: 'LocalHouseholdConfirmed', data }];
  },
};
