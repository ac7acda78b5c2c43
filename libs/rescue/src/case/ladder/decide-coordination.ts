import { Refusal } from '../../refusal';
import type { CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, DivisionCode, Event, LetterNumber, LocalId, Personal } from '../../words';
import { getAgency } from '../../world/directory';
import type { Case } from '../case';
import { addresseeOf, isTurnedAway, withDispatch } from '../dispatch/dispatches';
import { checkDivisionKnown } from '../encounter/place';
import { checkNotBefore, strictLetterNumber } from '../feedback/loop-letters';
import { checkOpen, getEscalation, onlyNewestRung, withEscalation, type CoordinationDecision } from './ladder';

/** A superior decides (协调意见). MUST_RECEIVE binds: the person may leave although the last reply was a refusal. */
export type CoordinationDecided = Event<
  'CoordinationDecided',
  {
    escalationId: LocalId;
    dispatchId: LocalId;
    decision: CoordinationDecision;
    /** Whereto instead, with REDIRECT. */
    redirectTo?: DivisionCode;
    letterNumber: LetterNumber;
    /**
     * @minItems 1
     * @maxItems 20
     * @uniqueItems true
     */
    bindingOn: readonly AgencyId[];
    /** @maxLength 500 */
    opinion?: Personal<'narrative'>;
  }
>;
export const coordinationDecided: EventKind<Case, CoordinationDecided> = {
  zh: '协调意见',
  basis: 'S001 §2(2); dossier P6(6)',
  sealed: { opinion: 'narrative' },
  parties: { bindingOn: true },
  apply: (state, { escalationId, dispatchId, decision }, { id }) => {
    const decided = withEscalation(state, escalationId, () => ({ phase: 'DECIDED', decision }));
    return withDispatch(decided, dispatchId, (dispatch) => {
      if (isTurnedAway(dispatch)) return decision === 'MUST_RECEIVE' ? { receptionEvent: id } : {};
      // The outflow side may have agreed in the meantime, or the plan was given up.
      if (dispatch.phase !== 'ESCALATED') return {};
      if (decision !== 'MUST_RECEIVE') return { phase: 'DECIDED_OTHER' };
      return { phase: 'DECIDED_RECEIVE', receptionEvent: id, receiver: dispatch.receiver ?? addresseeOf(dispatch) };
    });
  },
};

export type DecideCoordination = Command<'DecideCoordination', Omit<CoordinationDecided['data'], 'dispatchId'>>;
export const decideCoordination: CommandKind<Case, DecideCoordination, CoordinationDecided> = {
  zh: '作出协调意见',
  by: ['CIVIL_AFFAIRS'],
  decide: ({ data, by, at }, state, { world }) => {
    const escalation = getEscalation(state, data.escalationId);
    onlyNewestRung(escalation, by.agency);
    if (escalation.phase === 'DECIDED' && escalation.decision === data.decision) return [];
    checkOpen(escalation, 'DecideCoordination');
    if ((data.decision === 'REDIRECT') !== (data.redirectTo !== undefined))
      throw new Refusal('validation-failed', 'A redirection, and only that, names another place.', { pointer: '/redirectTo' });
    if (data.redirectTo !== undefined) checkDivisionKnown(data.redirectTo, at, '/redirectTo');
    data.bindingOn.forEach((agency, index) => getAgency(world, agency, at, `/bindingOn/${index}`));
    checkNotBefore(at, escalation.since);
    const letterNumber = strictLetterNumber(data.letterNumber, '/letterNumber');
    return [{ type: 'CoordinationDecided', data: { ...data, letterNumber, dispatchId: escalation.dispatchId } }];
  },
};
