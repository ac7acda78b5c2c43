import { Refusal } from '../../refusal';
import type { LocalId } from '../../words';
import type { Case } from '../case';
import { findDispatch, type Dispatch, type DispatchPhase } from './dispatches';

const preparing = ['ApproveDispatch', 'CancelDispatch'] as const;

/** What each phase of a return home allows (dossier 5.2). Once it is over a new one is planned. */
export const dispatchSteps = {
  DRAFT: ['IssueReceptionContactLetter', ...preparing],
  CONTACTED: [
    'IssueReceptionContactLetter',
    'AcceptReception',
    'RefuseReception',
    'RedirectReceptionContact',
    'EscalateRefusal',
    ...preparing,
  ],
  ACCEPTED: preparing,
  REFUSED: ['IssueReceptionContactLetter', 'AcceptReception', 'RefuseReception', 'EscalateRefusal', ...preparing],
  ESCALATED: ['AcceptReception', 'EscalateRefusal', 'OpenCoordination', 'DecideCoordination', ...preparing],
  DECIDED_RECEIVE: preparing,
  DECIDED_OTHER: ['PlanDispatch'],
  APPROVED: ['DepartDispatch', 'OfferHandover', 'CancelDispatch'],
  DEPARTED: ['DepartDispatch', 'OfferHandover', 'InterruptDispatch', 'AbortDispatch', 'RejectOnArrival', 'RecordFetchedArrival'],
  INTERRUPTED: ['ResumeDispatch', 'AbortDispatch'],
  HANDED_OVER: [],
  ABORTED: ['PlanDispatch'],
  REJECTED_ON_ARRIVAL: ['PlanDispatch', 'EscalateRefusal', 'OpenCoordination', 'DecideCoordination'],
  CANCELLED: ['PlanDispatch'],
  LEFT_AS_PLANNED: [],
} as const satisfies { readonly [P in DispatchPhase]: readonly string[] };

type Step = (typeof dispatchSteps)[DispatchPhase][number];

/** The dispatch; refuses an unknown one. */
export function getDispatch(state: Case, dispatchId: LocalId): Dispatch {
  const dispatch = findDispatch(state, dispatchId);
  if (dispatch === undefined)
    throw new Refusal('unknown-reference', `There is no dispatch ${dispatchId} in this case.`, { pointer: '/dispatchId' });
  return dispatch;
}

/** Refuses a step that the dispatch's phase does not allow, naming those that it does. */
export function checkStep(dispatch: Dispatch, step: Step): void {
  const allowed: readonly string[] = dispatchSteps[dispatch.phase];
  if (!allowed.includes(step)) throw notInPhase(dispatch, step);
}

export const notInPhase = ({ dispatchId, phase }: Dispatch, step: string): Refusal =>
  new Refusal('illegal-transition', `Dispatch ${dispatchId} is ${phase}; ${step} is not possible now.`, { allowed: dispatchSteps[phase] });
