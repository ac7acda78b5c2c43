import type { HandoverKind } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { AgencyId, LocalId } from '../../words';
import type { Case } from '../case';
import { legsDeparted, openDispatch, type Dispatch } from './dispatches';
import { getDispatch, notInPhase } from './steps';

/** Whose signature the journey waits for now: `leg` 0 before it sets out, `arrival` at its end. */
export type Signature = Readonly<{ leg: number | 'arrival'; from: AgencyId | null; by: AgencyId }>;

/** The signature that a dispatch waits for; undefined when nobody can sign for the person into it now. */
export function signatureOf(dispatch: Dispatch): Signature | undefined {
  const { phase, legs, receiver } = dispatch;
  const departed = legsDeparted(dispatch);
  const [first] = legs;
  if (phase === 'APPROVED') return first === undefined ? undefined : { leg: 0, from: null, by: first.carrier };
  const current = legs[departed - 1];
  if (phase !== 'DEPARTED' || current === undefined || current.handedOverAt !== null) return undefined;
  const next = legs[departed];
  if (next !== undefined) return { leg: departed, from: current.carrier, by: next.carrier };
  return receiver === null ? undefined : { leg: 'arrival', from: current.carrier, by: receiver };
}

type Offered = Readonly<{ kind: HandoverKind; to: AgencyId; dispatchId?: LocalId }>;

/**
 * Refuses a handover that does not fit into the journey it names, or that would move the person along a journey without naming it:
 * from the carrier of the leg under way to the next carrier, or at the end to the receiver.
 */
export function checkDispatchHandover(state: Case, { kind, to, dispatchId }: Offered, from: AgencyId): void {
  const pointer = '/dispatchId';
  if (dispatchId === undefined) {
    const open = openDispatch(state.dispatches);
    const awaited = open?.phase === 'DEPARTED' ? signatureOf(open)?.by : undefined;
    if (kind === 'STATION_RELAY' || awaited === to)
      throw new Refusal('validation-failed', 'A handover on the way names its dispatch.', { pointer });
    return;
  }
  const dispatch = getDispatch(state, dispatchId);
  const awaited = signatureOf(dispatch);
  if (awaited === undefined) throw notInPhase(dispatch, 'OfferHandover');
  if (awaited.from !== null && awaited.from !== from)
    throw new Refusal('HND-WRONG-PARTY', `${awaited.from} carries this leg and hands the person over.`, { pointer });
  if (awaited.by !== to)
    throw new Refusal('HND-WRONG-PARTY', `The journey goes on with ${awaited.by}, not with ${to}.`, {
      pointer: '/to',
      expected: awaited.by,
    });
  const between = typeof awaited.leg === 'number' && awaited.leg > 0;
  if (between !== (kind === 'STATION_RELAY') && awaited.leg !== 0)
    throw new Refusal('HND-KIND-MISMATCH', 'STATION_RELAY is the handover from one carrier to the next, and only that.', {
      pointer: '/kind',
    });
}
