import { about, type DutyRule } from '../../../duties/duty';
import type { Case } from '../../case';
import type { CaseEvent } from '../../catalogue';

/** The police take the sample, compare it and answer the station. */
export const answerDna: DutyRule<Case, CaseEvent> = {
  key: 'D-I3',
  zh: '采血比对并反馈',
  en: 'sample, compare and answer',
  basis: '2015 opinion [X]',
  force: 'ordinary',
  limit: 'duty.D-I3',
  opens: {
    DnaSamplingRequested: ({ data, meta }) => ({ about: data.sampleNumber, owedBy: data.toPolice, owedTo: meta.by }),
  },
  dischargedBy: { DnaResultReplied: about('sampleNumber') },
  // In the file of a dead person, or one put away, nobody answers any more.
  lapsesOn: { DeathRecorded: true, CaseArchived: true },
};
