import { Refusal } from '../../refusal';
import type { Aid, CommandKind, EventKind } from '../../stream-kind';
import type { AgencyId, Command, Event, LetterNumber, LocalId, Personal } from '../../words';
import { getAgencyOfKind } from '../../world/directory';
import type { Case } from '../case';
import { isTurnedAway, withDispatch, type Dispatch } from '../dispatch/dispatches';
import { getDispatch } from '../dispatch/steps';
import { checkNotBefore, strictLetterNumber } from '../feedback/loop-letters';
import { onlyOwner } from '../only-owner';
import { checkGround } from './ground';
import { checkOpen, findEscalation, onlyNewestRung, type Escalation } from './ladder';
import { checkNotInCommon, checkRung } from './rungs';

/** A refusal goes up one rung of the ladder (拒收上报, 逐级报上级民政部门协调). */
export type RefusalEscalated = Event<
  'RefusalEscalated',
  {
    escalationId: LocalId;
    dispatchId: LocalId;
    fromAgency: AgencyId;
    toAgency: AgencyId;
    /**
     * 1 for the department of the inflow station.
     * @asType integer
     * @minimum 1
     * @maximum 10
     */
    rung: number;
    letterNumber: LetterNumber;
    /**
     * @minLength 1
     * @maxLength 500
     */
    summary: Personal<'narrative'>;
    /** A rung was left out, for the reason given. */
    urgent: boolean;
    /**
     * @minLength 1
     * @maxLength 500
     */
    urgentReason?: Personal<'narrative'>;
  }
>;
export const refusalEscalated: EventKind<Case, RefusalEscalated> = {
  zh: '拒收上报',
  basis: 'S001 §2(2); S004',
  sealed: { summary: 'narrative', urgentReason: 'narrative' },
  parties: { fromAgency: true, toAgency: true },
  apply: (state, { escalationId, dispatchId, toAgency }, { at }) => {
    const known = findEscalation(state, escalationId) ?? { ...begun, escalationId, dispatchId };
    const ladder = { ...state.ladder, [escalationId]: { ...known, since: at, rungs: [...known.rungs, toAgency] } };
    // A second way up may begin on a dispatch that the first has left; the journey waits in either case. One that ended at the door is over.
    return withDispatch({ ...state, ladder }, dispatchId, (dispatch) => (isTurnedAway(dispatch) ? {} : { phase: 'ESCALATED' }));
  },
};
const begun = { phase: 'OPEN', rungs: [], since: '', coordinating: [], decision: null } as const;

export type EscalateRefusal = Command<
  'EscalateRefusal',
  Omit<RefusalEscalated['data'], 'fromAgency' | 'rung' | 'urgent'> & Readonly<{ urgent?: boolean }>
>;
/** The first rung is reached by the inflow station, every later one by the department that has it; one at a time, to the direct superior. */
export const escalateRefusal: CommandKind<Case, EscalateRefusal, RefusalEscalated> = {
  zh: '上报拒收',
  by: ['STATION', 'CIVIL_AFFAIRS'],
  decide: (command, state, aid) => {
    const { data, by, at } = command;
    const dispatch = getDispatch(state, data.dispatchId);
    const escalation = findEscalation(state, data.escalationId);
    if (escalation !== undefined && escalation.dispatchId !== data.dispatchId)
      throw new Refusal('ID-TAKEN', `There is an escalation ${data.escalationId} of another dispatch.`, { pointer: '/escalationId' });
    getAgencyOfKind(aid.world, data.toAgency, at, { kinds: ['CIVIL_AFFAIRS'], pointer: '/toAgency' });
    if (escalation !== undefined && isRepeat(escalation, state, command)) return [];
    if (escalation === undefined) checkFirst(command, state, aid);
    else checkLater(command, state, escalation);
    checkRung(command, aid.world);
    checkNotInCommon(dispatch, command, aid.world);
    const { urgent, ...stated } = data;
    const rung = (escalation?.rungs.length ?? 0) + 1;
    const letterNumber = strictLetterNumber(data.letterNumber, '/letterNumber');
    return [{ type: 'RefusalEscalated', data: { ...stated, letterNumber, fromAgency: by.agency, rung, urgent: urgent === true } }];
  },
};

/** The same sender to the same department once more. */
function isRepeat({ rungs }: Escalation, { owner }: Case, { data, by }: EscalateRefusal): boolean {
  const reached = rungs.indexOf(data.toAgency);
  return reached >= 0 && (reached === 0 ? owner : rungs[reached - 1]) === by.agency;
}

function checkFirst({ data, by, at }: EscalateRefusal, state: Case, { duties }: Aid): void {
  onlyOwner(state, by);
  const dispatch = getDispatch(state, data.dispatchId);
  checkGround(dispatch, duties);
  const last = dispatch.refusals.at(-1)?.at;
  if (last !== undefined) checkNotBefore(at, last);
}

const waits = (dispatch: Dispatch): boolean => dispatch.phase === 'ESCALATED' || isTurnedAway(dispatch);

function checkLater({ data, by, at }: EscalateRefusal, state: Case, escalation: Escalation): void {
  onlyNewestRung(escalation, by.agency);
  checkOpen(escalation, 'EscalateRefusal');
  if (!waits(getDispatch(state, data.dispatchId)))
    throw new Refusal('illegal-transition', 'The return home no longer waits for this decision.', { allowed: ['CloseEscalation'] });
  checkNotBefore(at, escalation.since);
}
