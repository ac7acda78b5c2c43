import type { HandoverKind } from '@guitu/standards';
import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId, Personal } from '../../words';
import { getAgency } from '../../world/directory';
import type { Case } from '../case';
import { checkDispatchHandover } from '../dispatch/dispatch-handover';
import { handoverParties } from './handover-parties';
import { openHandover } from './handovers';
import { sealedStatement, type Statement } from './statement';

/** The giver states how it hands the person over and to whom (交接发起). Custody does not move yet (S002-A1 §4). */
export type HandoverOffered = Event<
  'HandoverOffered',
  {
    handoverId: LocalId;
    kind: HandoverKind;
    from: AgencyId;
    to: AgencyId;
    /** The dispatch whose leg or arrival it signs for. */
    dispatchId?: LocalId;
    statement: Statement;
    /** @maxLength 40 */
    formNumber?: string;
    /** @maxLength 60 */
    signedBy?: Personal<'contact', string, 'staff'>;
  }
>;
export const handoverOffered: EventKind<Case, HandoverOffered> = {
  zh: '交接发起',
  basis: 'S002-A1 §4(4)',
  sealed: { statement: sealedStatement, signedBy: 'contact of staff' },
  parties: { from: true, to: true },
  apply: (state, { handoverId, kind, from, to, dispatchId }, { id, at }) => ({
    ...state,
    handovers: {
      ...state.handovers,
      [handoverId]: { handoverId, kind, from, to, phase: 'OFFERED', offer: id, offeredAt: at, dispatchId: dispatchId ?? null },
    },
  }),
};

export type OfferHandover = Command<'OfferHandover', Omit<HandoverOffered['data'], 'from'>>;
export const offerHandover: CommandKind<Case, OfferHandover, HandoverOffered> = {
  zh: '发起交接',
  by: [],
  decide: ({ data, by, at }, state, { world }) => {
    if (Object.hasOwn(state.handovers, data.handoverId))
      throw new Refusal('ID-TAKEN', `There is a handover ${data.handoverId} already.`, { pointer: '/handoverId' });
    if (data.to === by.agency) throw new Refusal('HND-WRONG-PARTY', 'Nobody hands a person over to itself.', { pointer: '/to' });
    if (state.custody.holder !== by.agency)
      throw new Refusal('HND-NOT-IN-CUSTODY', 'Only the agency that has the person can hand the person over.');
    const open = openHandover(state.handovers);
    if (open !== undefined) throw new Refusal('HND-OPEN', `Handover ${open.handoverId} still waits for its signature.`);
    const giver = getAgency(world, by.agency, at);
    const receiver = getAgency(world, data.to, at, '/to');
    const sides = handoverParties[data.kind];
    if (!sides.from.includes(giver.kind) || !sides.to.includes(receiver.kind))
      throw new Refusal('HND-KIND-MISMATCH', `${data.kind} is no handover from a ${giver.kind} to a ${receiver.kind}.`, {
        pointer: '/kind',
      });
    checkDispatchHandover(state, data, by.agency);
    return [{ type: 'HandoverOffered', data: { ...data, from: by.agency } }];
  },
};
