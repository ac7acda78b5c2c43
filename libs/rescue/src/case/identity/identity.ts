import type { AgencyId, DivisionCode, Instant, LocalId } from '../../words';
import type { PersonFacts } from '../case';

/** What the age facts were before a confirmation settled them; a retraction goes back to them. */
export type AgeFacts = Pick<PersonFacts, 'minor' | 'under16'>;

/** One confirmed identity; every confirmation has its own version and a later retraction leaves it readable. */
export type ConfirmedIdentity = Readonly<{ version: number; event: string; at: Instant; homeDivision: DivisionCode; ageBefore: AgeFacts }>;

export type VerificationResult = 'HIT' | 'NO_HIT' | 'BEYOND_AUTHORITY';
/** One question to the police (身份协查), answered once. */
export type VerificationQuery = Readonly<{
  queryId: LocalId;
  to: AgencyId;
  from: AgencyId;
  answered: boolean;
  result: VerificationResult | null;
}>;

export type DnaResult = 'HIT' | 'NO_HIT';
/** One blood sample, known by its number only. */
export type DnaRequest = Readonly<{ to: AgencyId; answered: boolean; result: DnaResult | null }>;

/** Who the person is, as far as known (dossier 5.1, region I). Names and numbers stay sealed in the events. */
export type Identity = Readonly<{
  phase: 'UNKNOWN' | 'CLAIMED' | 'VERIFYING' | 'CONFIRMED' | 'RETRACTED';
  /** How many confirmations there were. */
  versions: number;
  current: ConfirmedIdentity | null;
  queries: Readonly<Record<LocalId, VerificationQuery>>;
  /** DNA requests by sample number. */
  dna: Readonly<Record<LocalId, DnaRequest>>;
  /** The township of the household, when the person turned out to be local (本市户籍). */
  localTownship: AgencyId | null;
  /** When tracing information was last updated. */
  tracingUpdatedAt: Instant | null;
  /** When the last identity was retracted: from then on the person is unidentified again. */
  retractedAt: Instant | null;
}>;
export const unknownIdentity: Identity = {
  phase: 'UNKNOWN',
  versions: 0,
  current: null,
  queries: {},
  dna: {},
  localTownship: null,
  tracingUpdatedAt: null,
  retractedAt: null,
};
