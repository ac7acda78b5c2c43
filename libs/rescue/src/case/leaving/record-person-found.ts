import { compareInstants } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { checkPlace, onlyOwnerOrHolder } from './left';

/** The missing person is back (找回), where it was before. */
export type PersonFoundAgain = Event<
  'PersonFoundAgain',
  {
    /** @maxLength 500 */
    place?: Personal<'narrative'>;
    /** @maxLength 60 */
    foundBy?: Personal<'contact', string, 'reporter'>;
  }
>;
export const personFoundAgain: EventKind<Case, PersonFoundAgain> = {
  zh: '找回',
  basis: 'S002-A3; dossier P14',
  sealed: { place: 'narrative', foundBy: 'contact of reporter' },
  apply: (state) => ({
    ...state,
    location: state.locationBefore ?? 'IN_STATION',
    locationBefore: null,
    leaving: { ...state.leaving, missingSince: null, foundAgain: true },
  }),
};

export type RecordPersonFound = Command<'RecordPersonFound', PersonFoundAgain['data']>;
export const recordPersonFound: CommandKind<Case, RecordPersonFound, PersonFoundAgain> = {
  zh: '登记找回',
  by: ['STATION'],
  decide: ({ data, by, at }, state) => {
    onlyOwnerOrHolder(state, by);
    if (state.location !== 'MISSING' && state.leaving.foundAgain) return [];
    checkPlace(state, 'RecordPersonFound');
    const { missingSince } = state.leaving;
    if (missingSince !== null && compareInstants(at, missingSince) < 0)
      throw new Refusal('TIM-ORDER', `The person is missing since ${missingSince}.`, { pointer: '/occurredAt' });
    return [{ type: 'PersonFoundAgain', data }];
  },
};
