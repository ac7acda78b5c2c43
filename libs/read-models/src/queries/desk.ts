import type { DataSource } from 'typeorm';
import { pageOf, type Page, type PageRequest } from '../paging';
import { CaseSummary } from '../tables/case-summary';
import { CustodySpanRow } from '../tables/custody-span';
import { HandoverRow } from '../tables/handover';
import { LetterRow } from '../tables/letter';

/** A person in the agency's hands: the case and since when. */
export type InCustody = Readonly<{ caseId: string; since: string; case: CaseSummary }>;

/** What lies on an agency's desk (待办), the first page of each list. */
export type Desk = Readonly<{
  /** Persons in its custody. */
  custody: Page<InCustody>;
  /** Handovers that wait for its signature. */
  handovers: Page<HandoverRow>;
  /** Letters that wait for its receipt or reply. */
  letters: Page<LetterRow>;
}>;

/** Persons in the agency's custody now, by case. */
export async function personsInCustody(source: DataSource, agency: string, page: PageRequest = {}): Promise<Page<InCustody>> {
  const open = source.getRepository(CustodySpanRow).createQueryBuilder('span');
  const { rows, next } = await pageOf(open.where('span.agency = :agency and span.until is null', { agency }), ['caseId', 'span'], page);
  const cases = await source
    .getRepository(CaseSummary)
    .createQueryBuilder('summary')
    .where('summary.caseId = any(:ids)', { ids: rows.map(({ caseId }) => caseId) })
    .getMany();
  const byId = new Map(cases.map((one) => [one.caseId, one]));
  const persons = rows.flatMap(({ caseId, from }) => {
    const summary = byId.get(caseId);
    return summary === undefined ? [] : [{ caseId, since: from, case: summary }];
  });
  return { rows: persons, next };
}

/** Handovers that wait for the agency's signature, by case. */
export const offersWaiting = (source: DataSource, agency: string, page: PageRequest = {}): Promise<Page<HandoverRow>> => {
  const waiting = source.getRepository(HandoverRow).createQueryBuilder('handover');
  return pageOf(waiting.where(`handover.to = :agency and handover.phase = 'OFFERED'`, { agency }), ['caseId', 'handoverId'], page);
};

/** Letters that wait for the agency's receipt or reply, by case. */
export const lettersWaiting = (source: DataSource, agency: string, page: PageRequest = {}): Promise<Page<LetterRow>> => {
  const waiting = source.getRepository(LetterRow).createQueryBuilder('letter');
  return pageOf(waiting.where('letter.to = :agency and letter.waiting', { agency }), ['caseId', 'about', 'kind'], page);
};
