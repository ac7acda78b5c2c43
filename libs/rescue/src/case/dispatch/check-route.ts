import { compareInstants, dateInChina, startOfDay } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { AgencyKind, Instant } from '../../words';
import { divisionOf, getAgencyOfKind } from '../../world/directory';
import type { World } from '../../world/world';
import { checkDivisionKnown } from '../encounter/place';
import { withoutCarrier } from './dispatches';
import type { PlanDispatch } from './plan-dispatch';

/** Who can receive a person at the end of the way. */
const receivers: readonly AgencyKind[] = ['STATION', 'CIVIL_AFFAIRS', 'WELFARE_INST', 'FOSTER_INST', 'TOWNSHIP'];

const wrong = (message: string, pointer: string): Refusal => new Refusal('validation-failed', message, { pointer });

/** Refuses a way that does not hang together: unknown places or carriers, gaps between legs, days out of order. */
export function checkRoute(plan: PlanDispatch['data'], at: Instant, world: World): void {
  const { mode, destination, receiver, legs, expectedArrival } = plan;
  checkDivisionKnown(destination, at, '/destination');
  if (receiver !== undefined) getAgencyOfKind(world, receiver, at, { kinds: receivers, pointer: '/receiver' });
  if (withoutCarrier(mode) !== (legs.length === 0))
    throw wrong('A way with carriers has legs; who goes alone or with relatives has none.', '/legs');
  legs.forEach(({ carrier, fromDivision, toDivision }, index) => {
    getAgencyOfKind(world, carrier, at, { kinds: ['STATION'], pointer: `/legs/${index}/carrier` });
    checkDivisionKnown(fromDivision, at, `/legs/${index}/fromDivision`);
    checkDivisionKnown(toDivision, at, `/legs/${index}/toDivision`);
  });
  checkChain(plan, at, world);
  const lastDay = legs.at(-1)?.date ?? dateInChina(at);
  if (compareInstants(expectedArrival, startOfDay(lastDay)) < 0)
    throw wrong('Nobody arrives before the last leg begins.', '/expectedArrival');
}

function checkChain({ destination, receiver, legs }: PlanDispatch['data'], at: Instant, world: World): void {
  legs.forEach((leg, index) => {
    const before = legs[index - 1];
    if (before !== undefined && before.toDivision !== leg.fromDivision)
      throw wrong('Each leg begins where the one before ends.', `/legs/${index}/fromDivision`);
    if (before !== undefined && before.carrier === leg.carrier)
      throw wrong('Two legs in a row of one carrier are one leg.', `/legs/${index}/carrier`);
    if (leg.date < (before?.date ?? dateInChina(at))) throw wrong('The legs follow one another in time.', `/legs/${index}/date`);
  });
  const end = legs.at(-1)?.toDivision;
  if (end !== undefined && end !== destination && end !== divisionOf(world, receiver, at))
    throw wrong('The last leg ends at the destination, or where the receiver is.', `/legs/${legs.length - 1}/toDivision`);
}
