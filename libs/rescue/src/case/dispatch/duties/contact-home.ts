import type { DutyRule } from '../../../duties/duty';
import { isInCare, type Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { isLocalReturn } from '../../feedback/feedback-due';
import { leavingEndsIt } from './leaving-ends-it';

/**
 * Once it is known who the person is, relatives or the outflow side are contacted. Owed to the person: naming the outflow agency
 * here would open the case to it before anybody has written to it.
 */
export const contactHome: DutyRule<Case, CaseEvent> = {
  key: 'D-R2',
  zh: '联系亲属和流出地',
  en: 'contact relatives and the outflow side',
  basis: 'Order 381 arts 7, 11',
  force: 'ordinary',
  limit: 'duty.D-R2',
  opens: {
    IdentityConfirmed: ({ data, meta }, state, world) =>
      state.owner === null || !isInCare(state) || isLocalReturn(state, data.homeDivision, meta.at, world)
        ? undefined
        : { owedBy: state.owner, owedTo: 'PERSON' },
  },
  dischargedBy: { ReceptionContactLetterIssued: true, RelativesContacted: true },
  lapsesOn: { ...leavingEndsIt, AssistanceRefused: true, LocalHouseholdConfirmed: true, IdentityRetracted: true },
};
