import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LocalId, Personal } from '../../words';
import type { Case } from '../case';
import { checkCustodyOrder, withCustody } from '../custody';
import { eventsOfSignedLeg, type LegSigned } from '../dispatch/sign-leg';
import { returnedFromHospital } from '../hospital/hospital';
import { checkOffered, findHandover, getHandoverTo, withHandover } from './handovers';
import { compareStatements, sealedStatement, type Comparison, type Difference, type Statement } from './statement';

/** The receiver signs for the person (交接签收). Custody passes at this moment and at no other (S002-A1 §4). */
export type HandoverAccepted = Event<
  'HandoverAccepted',
  {
    handoverId: LocalId;
    from: AgencyId;
    to: AgencyId;
    statement: Statement;
    /** Whether the two sides' statements agree, matter by matter. */
    comparison: Comparison;
    /** Where they differ, both sides' words. */
    differences: Personal<'narrative', readonly Difference[]>;
    /** @maxLength 500 */
    reservations?: Personal<'narrative'>;
    /** @maxLength 60 */
    signedBy?: Personal<'contact', string, 'staff'>;
  }
>;
export const handoverAccepted: EventKind<Case, HandoverAccepted> = {
  zh: '交接签收',
  basis: 'S002-A1 §4(4)',
  sealed: { statement: sealedStatement, differences: 'narrative', reservations: 'narrative', signedBy: 'contact of staff' },
  parties: { from: true, to: true },
  apply: (state, { handoverId }, { at }) => {
    const handover = findHandover(state, handoverId);
    if (handover === undefined) return state;
    const signed = withHandover(state, handoverId, 'ACCEPTED');
    return returnedFromHospital({ ...signed, custody: withCustody(state.custody, handover.to, at) });
  },
};

/** The receiver's own statement; where it is silent on a matter the giver's stands unanswered. */
export type AcceptHandover = Command<'AcceptHandover', Omit<HandoverAccepted['data'], 'from' | 'to' | 'comparison' | 'differences'>>;
export const acceptHandover: CommandKind<Case, AcceptHandover, HandoverAccepted | LegSigned> = {
  zh: '签收交接',
  by: [],
  needs: ({ handoverId }, state) => {
    const handover = findHandover(state, handoverId);
    return handover === undefined ? [] : [handover.offer];
  },
  decide: (command, state, { opened }) => {
    const { data, by, at } = command;
    const handover = getHandoverTo(by, state, data.handoverId);
    if (handover.phase === 'ACCEPTED') return [];
    checkOffered(handover);
    if (state.custody.holder !== handover.from)
      throw new Refusal('HND-NOT-IN-CUSTODY', `${handover.from} offered a person whom it no longer has.`);
    checkCustodyOrder(state.custody, at);
    const offer = opened.get(handover.offer) as { readonly statement: Statement } | 'erased' | undefined;
    const { comparison, differences } = compareStatements(
      offer === undefined || offer === 'erased' ? 'erased' : offer.statement,
      data.statement,
    );
    const { from, to } = handover;
    return [{ type: 'HandoverAccepted', data: { ...data, from, to, comparison, differences } }, ...eventsOfSignedLeg(state, handover, at)];
  },
};
