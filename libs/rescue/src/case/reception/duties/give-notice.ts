import type { DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';
import { noLongerInCare } from '../../no-longer-in-care';

// Also of a person who was refused something is kept: the notice stays owed.
const { AssistanceRefused: _keepsItOwed, ...leftTheStation } = noLongerInCare;

/** The person learns what is processed and why. A deferred notice (PIPL art 18) is none yet: it stays owed. */
export const giveNoticeDuty: DutyRule<Case, CaseEvent> = {
  key: 'D-G12',
  zh: '告知个人信息处理事项',
  en: 'tell the person what is processed and why',
  basis: 'PIPL arts 17, 18, 35',
  force: 'ordinary',
  limit: 'duty.D-G12',
  opens: {
    HelpRequestRegistered: ({ meta }) => ({ owedBy: meta.by, owedTo: 'PERSON' }),
    CaseOpenedAtHospital: ({ meta }) => ({ owedBy: meta.by, owedTo: 'PERSON' }),
  },
  dischargedBy: { NoticeGiven: ({ data }) => data.mode !== 'DEFERRED' },
  lapsesOn: leftTheStation,
};
