import type { AgeBand, Condition, DiscoverySource, Sex } from '@guitu/standards';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { withCustody } from '../custody';
import { factsSeen, personSeen } from './facts-seen';
import { checkDivisionInForce, sealedPlace, type Place } from './place';

/** What the person says of himself or herself; nobody has checked it. */
export type Claims = Readonly<{
  /** @maxLength 60 */
  name?: Personal<'identity'>;
  /** @maxLength 30 */
  idNumber?: Personal<'identity'>;
  /** @maxLength 200 */
  home?: Personal<'identity'>;
}>;
export const sealedClaims = { name: 'identity', idNumber: 'identity', home: 'identity' } as const;

/** Somebody on duty finds the person (街面发现登记); from now on that agency has custody (S002-A1 §4(1)). */
export type EncounterRecorded = Event<
  'EncounterRecorded',
  {
    place: Place;
    source: DiscoverySource;
    apparentSex: Personal<'identity', Sex>;
    apparentAgeBand: Personal<'identity', AgeBand>;
    /**
     * @maxItems 20
     * @uniqueItems true
     */
    conditions: Personal<'health', readonly Condition[]>;
    claims?: Claims;
    /**
     * Reference of a photo.
     * @maxLength 100
     */
    photo?: Personal<'identity'>;
    /** Family or employer is in this city. */
    familyOrUnitInCity?: boolean;
    weatherAlertId?: LocalId;
    /** Disabled, minor, elderly or mobility-limited. */
    needsEscort: boolean;
    acutelyIll: boolean;
    /** Suspected mental patients go straight to the designated hospital (branch B2). */
    hospitalFirst: boolean;
    /** Signs of mental or intellectual impairment. */
    limitedCapacity: boolean;
    minor: boolean | null;
    under16: boolean | null;
  }
>;
export const encounterRecorded: EventKind<Case, EncounterRecorded> = {
  zh: '街面发现登记',
  basis: 'S002-A1 §4(1)',
  sealed: {
    place: sealedPlace,
    apparentSex: 'identity',
    apparentAgeBand: 'identity',
    conditions: 'health',
    claims: sealedClaims,
    photo: 'identity',
  },
  apply: (state, data, { id, by, at }) => ({
    ...state,
    foundIn: data.place.division,
    person: personSeen(state, data),
    custody: withCustody(state.custody, by, at),
    encounter: {
      ...state.encounter,
      recorded: true,
      at,
      by,
      acutelyIll: data.acutelyIll,
      familyKnownBy: data.familyOrUnitInCity === true ? id : null,
    },
  }),
};

/** What the rule finds out by itself is not asked of the recorder. */
type Computed = 'needsEscort' | 'acutelyIll' | 'hospitalFirst' | 'limitedCapacity' | 'minor' | 'under16';
export type RecordEncounter = Command<'RecordEncounter', Omit<EncounterRecorded['data'], Computed>>;
export const recordEncounter: CommandKind<Case, RecordEncounter, EncounterRecorded> = {
  zh: '登记街面发现',
  by: ['POLICE', 'URBAN_MGMT', 'TOWNSHIP', 'STATION', 'HOSPITAL'],
  opens: 'first',
  decide: ({ data, at }) => {
    checkDivisionInForce(data.place.division, at, '/place/division');
    const seen = factsSeen(data.conditions, data.apparentAgeBand);
    const hospitalFirst = seen.acutelyIll || data.conditions.includes('SUSP_MENTAL');
    return [{ type: 'EncounterRecorded', data: { ...data, ...seen, hospitalFirst } }];
  },
};
