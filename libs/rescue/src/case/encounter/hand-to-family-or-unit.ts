import type { Relation } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, Personal } from '../../words';
import type { Case } from '../case';
import { checkCustodyOrder, custodyEnded } from '../custody';
import type { CitizenIdNumber } from '../identity/citizen-id-number';
import { notNow } from '../only-owner';

/** Who takes the person home: a relative, or somebody for the unit. */
export type FamilyReceiver = Readonly<{
  /**
   * @minLength 1
   * @maxLength 60
   */
  name: Personal<'identity', string, 'relative'>;
  relation: Relation;
  idNumber?: Personal<'identity', CitizenIdNumber, 'relative'>;
  /** @maxLength 100 */
  unit?: Personal<'contact', string, 'relative'>;
}>;

/** Handed to family or employer in this city, who were urged to perform their guardianship (移交家属或单位; branch B7). */
export type HandedToFamilyOrUnit = Event<'HandedToFamilyOrUnit', { receiver: FamilyReceiver; guardianshipUrged: boolean }>;
export const handedToFamilyOrUnit: EventKind<Case, HandedToFamilyOrUnit> = {
  zh: '移交家属或单位',
  basis: 'S002-A1 §4(2)',
  sealed: { receiver: { name: 'identity of relative', idNumber: 'identity of relative', unit: 'contact of relative' } },
  apply: (state, _data, { at }) => ({
    ...state,
    location: 'LEFT',
    custody: custodyEnded(state.custody, at),
    encounter: { ...state.encounter, handedToFamily: true },
    // No mode of leaving: those of CT-LEAVE are for persons who were in a station.
    leaving: { ...state.leaving, leftAt: at },
  }),
};

export type HandToFamilyOrUnit = Command<'HandToFamilyOrUnit', HandedToFamilyOrUnit['data']>;
export const handToFamilyOrUnit: CommandKind<Case, HandToFamilyOrUnit, HandedToFamilyOrUnit> = {
  zh: '移交家属或单位',
  by: ['POLICE', 'STATION'],
  decide: ({ data, by, at }, { encounter, custody, location }) => {
    if (encounter.handedToFamily) return [];
    if (!encounter.recorded || location !== 'STREET')
      throw notNow('Only a person found on the street is handed over on the spot.', 'ReleaseToRelatives');
    if (custody.holder !== by.agency)
      throw new Refusal('HND-NOT-IN-CUSTODY', 'Only the agency that has the person can hand the person over.');
    checkCustodyOrder(custody, at);
    if (!data.guardianshipUrged)
      throw new Refusal('validation-failed', 'Family or unit must have been urged to perform guardianship.', {
        pointer: '/guardianshipUrged',
      });
    return [{ type: 'HandedToFamilyOrUnit', data }];
  },
};
