import { dateInChina, parentsOf } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, Instant, LetterNumber, LocalId } from '../../words';
import { divisionOf, getAgency } from '../../world/directory';
import type { World } from '../../world/world';
import type { Case } from '../case';
import { strictLetterNumber } from './loop-letters';
import { checkStep, getLoop } from './loop-steps';
import { withLoop, type Loop } from './loops';

/** The government of the household place decides who takes the homeless returnee in (安置决定, S001 §2(5)). It stands for the home visit. */
export type HomelessPlacementDecided = Event<
  'HomelessPlacementDecided',
  { loopId: LocalId; placement: AgencyId; decisionNumber: LetterNumber }
>;
export const homelessPlacementDecided: EventKind<Case, HomelessPlacementDecided> = {
  zh: '安置决定',
  basis: 'S001 §2(5)',
  parties: { placement: true },
  apply: (state, { loopId }, { id, at }) =>
    withLoop(state, loopId, ({ evidence }) => ({ phase: 'PLACED_BY_GOV', since: at, evidence: { ...evidence, visit: id } })),
};

export type DecideHomelessPlacement = Command<'DecideHomelessPlacement', HomelessPlacementDecided['data']>;
export const decideHomelessPlacement: CommandKind<Case, DecideHomelessPlacement, HomelessPlacementDecided> = {
  zh: '决定政府安置',
  by: ['GOVERNMENT', 'CIVIL_AFFAIRS'],
  decide: ({ data, by, at }, state, { world }) => {
    const loop = getLoop(state, data.loopId);
    checkAuthority(loop, by.agency, { world, at });
    if (loop.phase === 'PLACED_BY_GOV') return [];
    checkStep(loop, 'DecideHomelessPlacement');
    if (!loop.homeless)
      throw new Refusal('illegal-transition', 'Nobody has established that the returnee is homeless.', {
        allowed: ['EstablishHomelessness'],
      });
    getAgency(world, data.placement, at, '/placement');
    return [
      { type: 'HomelessPlacementDecided', data: { ...data, decisionNumber: strictLetterNumber(data.decisionNumber, '/decisionNumber') } },
    ];
  },
};

/** The place itself or a government above it. */
function checkAuthority(loop: Loop, agency: AgencyId, { world, at }: Readonly<{ world: World; at: Instant }>): void {
  const place = divisionOf(world, loop.addressee ?? undefined, at) ?? loop.destination;
  const own = divisionOf(world, agency, at);
  if (own === undefined || ![place, ...parentsOf(place, dateInChina(at))].includes(own))
    throw new Refusal('ACT-WRONG-AGENCY', 'Only the authorities of the household place decide on the placement.');
}
