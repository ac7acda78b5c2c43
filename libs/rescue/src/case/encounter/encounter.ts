import type { Disposition } from '@guitu/standards';
import type { AgencyId, Instant } from '../../words';

/** The street encounter (街面发现), if the case began with one. */
export type Encounter = Readonly<{
  recorded: boolean;
  at: Instant | null;
  by: AgencyId | null;
  acutelyIll: boolean;
  queried: boolean;
  /** The hospital where the station shall identify the person. */
  hospital: AgencyId | null;
  disposition: Disposition | null;
}>;
export const noEncounter: Encounter = {
  recorded: false,
  at: null,
  by: null,
  acutelyIll: false,
  queried: false,
  hospital: null,
  disposition: null,
};
