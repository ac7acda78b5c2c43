import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId } from '../../words';
import type { Case } from '../case';
import type { LoopCancelled } from '../feedback/cancel-loop';
import { getHandover } from '../handover/handovers';
import { notNow } from '../only-owner';
import { checkLeaving, hasLeft, left, loopsBrokenOff } from './left';

/** A local person went to the township of its household (移交户籍地镇街). No feedback loop: it is no return across regions. */
export type HandedToHouseholdTownship = Event<'HandedToHouseholdTownship', { handoverId: LocalId; township: AgencyId }>;
export const handedToHouseholdTownship: EventKind<Case, HandedToHouseholdTownship> = {
  zh: '移交户籍地镇街',
  basis: 'S002-A1 §4(2)',
  parties: { township: true },
  apply: (state, _data, { at }) => left(state, 'LOCAL_TOWNSHIP', at),
};

export type HandToHouseholdTownship = Command<'HandToHouseholdTownship', Omit<HandedToHouseholdTownship['data'], 'township'>>;
export const handToHouseholdTownship: CommandKind<Case, HandToHouseholdTownship, HandedToHouseholdTownship | LoopCancelled> = {
  zh: '登记移交户籍地镇街',
  by: ['STATION'],
  decide: (command, state) => {
    const { handoverId } = command.data;
    const pointer = '/handoverId';
    const handover = getHandover(state, handoverId);
    if (hasLeft(state, 'LOCAL_TOWNSHIP')) return [];
    checkLeaving(state, 'HandToHouseholdTownship', command);
    const township = state.identity.localTownship;
    if (township === null) throw new Refusal('LEV-NOT-LOCAL', 'Nobody has confirmed that the household is in this city.');
    if (handover.kind !== 'STATION_TOWNSHIP')
      throw new Refusal('HND-KIND-MISMATCH', `Handover ${handoverId} is not one from the station to a township.`, { pointer });
    if (handover.to !== township)
      throw new Refusal('LEV-NOT-LOCAL', `The household belongs to ${township}, not to ${handover.to}.`, { pointer, expected: township });
    if (handover.phase !== 'ACCEPTED') throw notNow(`The township has not signed handover ${handoverId}.`, 'AcceptHandover');
    return [{ type: 'HandedToHouseholdTownship', data: { handoverId, township } }, ...loopsBrokenOff(state)];
  },
};
