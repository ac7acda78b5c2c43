import type { EventKind } from '../../stream-kind';
import type { AgencyId, Event, Instant, LocalId } from '../../words';
import type { Case } from '../case';
import type { Handover } from '../handover/handovers';
import { findDispatch, leavingModeOf, withDispatch } from './dispatches';
import { signatureOf } from './dispatch-handover';

/** The next carrier has signed for the person (中转交接). Leg 0: the outflow side or a relay fetched the person before the first leg. */
export type DispatchLegHandedOver = Event<
  'DispatchLegHandedOver',
  {
    dispatchId: LocalId;
    /**
     * @asType integer
     * @minimum 0
     * @maximum 10
     */
    leg: number;
    handoverId: LocalId;
    carrier: AgencyId;
  }
>;
export const dispatchLegHandedOver: EventKind<Case, DispatchLegHandedOver> = {
  zh: '中转交接',
  basis: 'S003 §2(3)3; dossier P5(5)',
  parties: { carrier: true },
  apply: (state, { dispatchId, leg }, { at }) =>
    withDispatch(state, dispatchId, ({ legs }) => ({
      legs: legs.map((one) => (one.leg === leg ? { ...one, handedOverAt: at } : one)),
    })),
};

/** The receiver has signed for the person (到达交接): the return home is done. */
export type DispatchArrivalHandedOver = Event<
  'DispatchArrivalHandedOver',
  { dispatchId: LocalId; handoverId: LocalId; receiver: AgencyId }
>;
export const dispatchArrivalHandedOver: EventKind<Case, DispatchArrivalHandedOver> = {
  zh: '到达交接',
  basis: 'S001 §2(5); dossier P5(7)',
  parties: { receiver: true },
  apply: (state, { dispatchId }, { at }) => {
    const dispatch = findDispatch(state, dispatchId);
    if (dispatch === undefined) return state;
    const legs = dispatch.legs.map((leg) => ({ ...leg, handedOverAt: leg.handedOverAt ?? at }));
    return {
      ...withDispatch(state, dispatchId, () => ({ phase: 'HANDED_OVER', arrivedAt: at, legs })),
      location: 'LEFT',
      locationBefore: null,
      leaving: { ...state.leaving, mode: leavingModeOf(dispatch), leftAt: at },
    };
  },
};

/** What a signed handover means for the dispatch that it belongs to. */
export type LegSigned = DispatchLegHandedOver | DispatchArrivalHandedOver;

/** The events that follow a receiver's signature; none when the handover belongs to no dispatch. `state` is the one before the signature. */
export function eventsOfSignedLeg(state: Case, handover: Handover, _at: Instant): readonly LegSigned[] {
  const { dispatchId, handoverId, to } = handover;
  const dispatch = dispatchId === null ? undefined : findDispatch(state, dispatchId);
  const signature = dispatch === undefined ? undefined : signatureOf(dispatch);
  if (dispatchId === null || signature === undefined || signature.by !== to) return [];
  return signature.leg === 'arrival'
    ? [{ type: 'DispatchArrivalHandedOver', data: { dispatchId, handoverId, receiver: to } }]
    : [{ type: 'DispatchLegHandedOver', data: { dispatchId, leg: signature.leg, handoverId, carrier: to } }];
}
