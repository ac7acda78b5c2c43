import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, DivisionCode, Event, Instant, LocalId, Personal } from '../../words';
import { divisionOf, feedbackAddressee, getAgencyOfKind } from '../../world/directory';
import type { World } from '../../world/world';
import type { Case } from '../case';
import { outflowKinds, checkSender } from './loop-sides';
import { checkStep, getLoop } from './loop-steps';
import { withLoop, type Loop } from './loops';

/** An officer chose the addressee where the directory has no single answer (指定收件机构): a split division, or no agency known (dossier 7.2). */
export type FeedbackAddresseeAssigned = Event<
  'FeedbackAddresseeAssigned',
  {
    loopId: LocalId;
    addressee: AgencyId;
    division: DivisionCode | null;
    /**
     * @minLength 1
     * @maxLength 500
     */
    reason: Personal<'narrative'>;
  }
>;
export const feedbackAddresseeAssigned: EventKind<Case, FeedbackAddresseeAssigned> = {
  zh: '指定收件机构',
  basis: '[P] dossier 7.2',
  sealed: { reason: 'narrative' },
  parties: { addressee: true },
  apply: (state, { loopId, addressee }) => withLoop(state, loopId, () => ({ addressee })),
};

export type AssignAddressee = Command<'AssignAddressee', Omit<FeedbackAddresseeAssigned['data'], 'division'>>;
export const assignAddressee: CommandKind<Case, AssignAddressee, FeedbackAddresseeAssigned> = {
  zh: '指定收件机构',
  by: ['STATION'],
  decide: ({ data, by, at }, state, aid) => {
    const loop = getLoop(state, data.loopId);
    checkSender(loop, by, aid);
    if (loop.addressee === data.addressee) return [];
    checkStep(loop, 'AssignAddressee');
    if (loop.addressee !== null)
      throw new Refusal('FBK-WRONG-ADDRESSEE', 'The directory names the addressee of this loop; there is nothing to choose.', {
        pointer: '/addressee',
        expected: loop.addressee,
      });
    getAgencyOfKind(aid.world, data.addressee, at, { kinds: outflowKinds, pointer: '/addressee' });
    return [
      { type: 'FeedbackAddresseeAssigned', data: { ...data, division: divisionChosen(loop, data.addressee, { world: aid.world, at }) } },
    ];
  },
};

/** The candidate for which the chosen agency answers; any agency may be chosen where nobody knows the candidates. */
function divisionChosen(loop: Loop, addressee: AgencyId, { world, at }: Readonly<{ world: World; at: Instant }>): DivisionCode | null {
  if (loop.candidates.length === 0) return divisionOf(world, addressee, at) ?? null;
  const division = loop.candidates.find((candidate) => {
    const found = feedbackAddressee(world, candidate, at);
    return found.kind === 'found' && found.agency === addressee;
  });
  if (division !== undefined) return division;
  throw new Refusal('FBK-WRONG-ADDRESSEE', `The addressee answers for none of ${loop.candidates.join(', ')}.`, { pointer: '/addressee' });
}
