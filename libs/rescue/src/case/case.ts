import type { AgencyId, DivisionCode } from '../words';
import { noCustody, type Custody } from './custody';
import { noDispatches, type Dispatches } from './dispatch/dispatches';
import { noEncounter, type Encounter } from './encounter/encounter';
import { noFeedback, type Feedback } from './feedback/loops';
import { noHandovers, type Handovers } from './handover/handovers';
import { noHospital, type Hospital } from './hospital/hospital';
import { unknownIdentity, type Identity } from './identity/identity';
import { noLadder, type Ladder } from './ladder/ladder';
import { notLeft, type Leaving } from './leaving/leaving';
import { noReception, type Reception } from './reception/reception';

/** Where the person is (dossier 5.1, region L). */
export type Location =
  'STREET' | 'REGISTERED' | 'IN_STATION' | 'IN_HOSPITAL' | 'IN_TRANSIT' | 'MISSING' | 'LEFT' | 'REFUSED' | 'DECEASED' | 'ARCHIVED';

/** What later rules must know about the person, as plain facts recorded by the event that knew them. `null`: nobody knows yet. */
export type PersonFacts = Readonly<{
  minor: boolean | null;
  under16: boolean | null;
  /** Signs of mental or intellectual impairment: no self-departure, escort needed. */
  limitedCapacity: boolean;
  /** Disabled, minor, elderly or mobility-limited: must be escorted (S002-A1 §3(1)1). */
  needsEscort: boolean;
}>;

/** One case (救助个案): one episode from the street to the closed loop. Holds no personal value; the compiler sees to it. */
export type Case = Readonly<{
  location: Location;
  /** Where the person was before going missing, dying or being archived. */
  locationBefore: Location | null;
  /** The case-owning station (个案归属站): none until a station registers the person. */
  owner: AgencyId | null;
  /** Where the person was found, or asked for help. */
  foundIn: DivisionCode | null;
  person: PersonFacts;
  custody: Custody;
  encounter: Encounter;
  handovers: Handovers;
  reception: Reception;
  hospital: Hospital;
  identity: Identity;
  dispatches: Dispatches;
  ladder: Ladder;
  feedback: Feedback;
  leaving: Leaving;
}>;

export const noCase: Case = {
  location: 'STREET',
  locationBefore: null,
  owner: null,
  foundIn: null,
  person: { minor: null, under16: null, limitedCapacity: false, needsEscort: false },
  custody: noCustody,
  encounter: noEncounter,
  handovers: noHandovers,
  reception: noReception,
  hospital: noHospital,
  identity: unknownIdentity,
  dispatches: noDispatches,
  ladder: noLadder,
  feedback: noFeedback,
  leaving: notLeft,
};

/** In the care of the agencies and alive. */
export const isInCare = ({ location }: Case): boolean =>
  ['STREET', 'REGISTERED', 'IN_STATION', 'IN_HOSPITAL', 'IN_TRANSIT', 'MISSING'].includes(location);
