import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { aboutDispatch } from './about-dispatch';
import { leavingEndsIt } from './leaving-ends-it';

/** The outflow side answers the contact letter, yes or no. Every letter has its own limit; one answer answers all of a dispatch. */
export const replyToContactLetter: DutyRule<Case, CaseEvent> = {
  key: 'D-R3',
  zh: '答复接收联系函',
  en: 'reply to the contact letter',
  basis: 'S001 §2(5)',
  force: 'ordinary',
  limit: 'duty.D-R3',
  opens: {
    ReceptionContactLetterIssued: ({ data, meta }, { owner }) => ({
      about: data.dispatchId,
      owedBy: data.to,
      owedTo: owner ?? meta.by,
    }),
    ReceptionContactRedirected: ({ data }, { owner }) => ({ about: data.dispatchId, owedBy: data.to, owedTo: owner ?? 'PERSON' }),
  },
  dischargedBy: { ReceptionAccepted: aboutDispatch, ReceptionRefused: aboutDispatch, ReceptionContactRedirected: aboutDispatch },
  lapsesOn: { ...leavingEndsIt, CoordinationDecided: aboutDispatch, DispatchCancelled: aboutDispatch, IdentityRetracted: true },
};
