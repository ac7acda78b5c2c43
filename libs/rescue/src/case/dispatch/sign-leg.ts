import type { Event, Instant } from '../../words';
import type { Case } from '../case';
import type { Handover } from '../handover/handovers';

/** What a signed handover means for the dispatch that it belongs to. */
export type LegSigned = Event<'DispatchLegHandedOver', { dispatchId: string; leg: number; handoverId: string }>;

export const eventsOfSignedLeg = (_state: Case, _handover: Handover, _at: Instant): readonly LegSigned[] => [];
