import { escortedConditions, type AgeBand, type Condition } from '@guitu/standards';
import type { Case, PersonFacts } from '../case';

/** What later rules must know of what was seen, as plain facts. `null`: the eye cannot tell. */
export type FactsSeen = PersonFacts & Readonly<{ acutelyIll: boolean }>;

const MINOR_BANDS: readonly AgeBand[] = ['UNDER_7', 'FROM_7_TO_18'];
const SIGNS_OF_IMPAIRMENT: readonly Condition[] = ['SUSP_MENTAL', 'SUSP_INTELLECT'];

/** Who looks like a minor is treated as one until the identity says otherwise. */
function minorSeen(conditions: readonly Condition[], band: AgeBand): boolean | null {
  if (conditions.includes('MINOR') || MINOR_BANDS.includes(band)) return true;
  return band === 'UNKNOWN' ? null : false;
}

function under16Seen(minor: boolean | null, band: AgeBand): boolean | null {
  if (band === 'UNDER_7') return true;
  return minor === false ? false : null;
}

/** The facts that follow from what was seen: special groups are escorted (S002-A1 §3(1)1), the acutely ill go to hospital first. */
export function factsSeen(conditions: readonly Condition[], band: AgeBand = 'UNKNOWN'): FactsSeen {
  const minor = minorSeen(conditions, band);
  const special = conditions.some((one) => (escortedConditions as readonly Condition[]).includes(one));
  return {
    minor,
    under16: under16Seen(minor, band),
    limitedCapacity: conditions.some((one) => SIGNS_OF_IMPAIRMENT.includes(one)),
    needsEscort: special || minor === true || band === 'FROM_60',
    acutelyIll: conditions.includes('ACUTE_ILL'),
  };
}

/** The person after one more look. Signs add up; an age that a confirmed identity gave is not changed by a look. */
export function personSeen({ person, identity }: Case, seen: PersonFacts): PersonFacts {
  const ageKnown = identity.current !== null;
  return {
    minor: ageKnown ? person.minor : (seen.minor ?? person.minor),
    under16: ageKnown ? person.under16 : (seen.under16 ?? person.under16),
    limitedCapacity: person.limitedCapacity || seen.limitedCapacity,
    needsEscort: person.needsEscort || seen.needsEscort,
  };
}
