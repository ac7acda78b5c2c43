import type { AgencyId, DivisionCode, Instant, LocalId } from '../../words';

/** One confirmed identity; every confirmation has its own version and a later retraction leaves it readable. */
export type ConfirmedIdentity = Readonly<{ version: number; event: string; at: Instant; homeDivision: DivisionCode }>;

export type VerificationQuery = Readonly<{ queryId: LocalId; to: AgencyId; from: AgencyId; answered: boolean }>;

/** Who the person is, as far as known (dossier 5.1, region I). Names and numbers stay sealed in the events. */
export type Identity = Readonly<{
  phase: 'UNKNOWN' | 'CLAIMED' | 'VERIFYING' | 'CONFIRMED' | 'RETRACTED';
  /** How many confirmations there were. */
  versions: number;
  current: ConfirmedIdentity | null;
  queries: Readonly<Record<LocalId, VerificationQuery>>;
  /** DNA requests by sample number: answered or not. */
  dna: Readonly<Record<string, Readonly<{ to: AgencyId; answered: boolean }>>>;
  /** The township of the household, when the person turned out to be local (本市户籍). */
  localTownship: AgencyId | null;
}>;
export const unknownIdentity: Identity = { phase: 'UNKNOWN', versions: 0, current: null, queries: {}, dna: {}, localTownship: null };
