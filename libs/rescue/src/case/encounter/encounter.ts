import type { Disposition } from '@guitu/standards';
import type { AgencyId, DivisionCode, Instant } from '../../words';

export type IdentityQueryResult = 'HIT' | 'NO_HIT' | 'AMBIGUOUS';
export type HelpMode = 'INFORMED' | 'GUIDED';

/** The street encounter (街面发现), if the case began with one. */
export type Encounter = Readonly<{
  recorded: boolean;
  at: Instant | null;
  by: AgencyId | null;
  acutelyIll: boolean;
  queried: boolean;
  /** The last answer of the police platform. */
  lastQuery: Readonly<{ result: IdentityQueryResult; householdDivision: DivisionCode | null; township: AgencyId | null }> | null;
  informed: HelpMode | null;
  /** The event that first said that family or unit is in this city. */
  familyKnownBy: string | null;
  handedToFamily: boolean;
  helpDeclined: boolean;
  /** Emergency care was arranged (急救送医). */
  careArranged: boolean;
  /** The hospital where the station shall identify the person. */
  hospital: AgencyId | null;
  /** The station that was asked to identify the person there. */
  identificationBy: AgencyId | null;
  disposition: Disposition | null;
}>;
export const noEncounter: Encounter = {
  recorded: false,
  at: null,
  by: null,
  acutelyIll: false,
  queried: false,
  lastQuery: null,
  informed: null,
  familyKnownBy: null,
  handedToFamily: false,
  helpDeclined: false,
  careArranged: false,
  hospital: null,
  identificationBy: null,
  disposition: null,
};
