import type { DataSource } from 'typeorm';
import { pageOf, type Page, type PageRequest } from '../paging';
import { CaseSummary } from '../tables/case-summary';
import { CustodySpanRow } from '../tables/custody-span';
import { DisclosureRow } from '../tables/disclosure';
import { LoopRow } from '../tables/loop';
import { ReturneeLedgerRow } from '../tables/returnee-ledger';
import { TimelineRow } from '../tables/timeline';

/** The case at a glance, or undefined. */
export const findCaseSummary = async (source: DataSource, caseId: string): Promise<CaseSummary | undefined> =>
  (await source.getRepository(CaseSummary).findOneBy({ caseId })) ?? undefined;

/** Cases in which the agency takes part, by id. */
export const casesOf = (source: DataSource, agency: string, page: PageRequest = {}): Promise<Page<CaseSummary>> => {
  const cases = source.getRepository(CaseSummary).createQueryBuilder('summary');
  return pageOf(cases.where('summary.participants @> array[:agency]::text[]', { agency }), ['caseId'], page);
};

/** The events of a stream, such as `case-6f…`, in order; personal values sealed. */
export const timelineOf = (source: DataSource, stream: string, page: PageRequest = {}): Promise<Page<TimelineRow>> =>
  pageOf(
    source.getRepository(TimelineRow).createQueryBuilder('event').where('event.stream = :stream', { stream }),
    ['stream', 'version'],
    page,
  );

/** The custody line of a case, in order. */
export const custodyOf = (source: DataSource, caseId: string, page: PageRequest = {}): Promise<Page<CustodySpanRow>> =>
  pageOf(
    source.getRepository(CustodySpanRow).createQueryBuilder('span').where('span.caseId = :caseId', { caseId }),
    ['caseId', 'span'],
    page,
  );

/** Who was shown what of a case, or was not, in the order of the log. */
export const disclosuresOf = (source: DataSource, caseId: string, page: PageRequest = {}): Promise<Page<DisclosureRow>> =>
  pageOf(
    source.getRepository(DisclosureRow).createQueryBuilder('disclosure').where('disclosure.caseId = :caseId', { caseId }),
    ['caseId', 'position', 'stream'],
    page,
  );

export type LoopsAsked = Readonly<{ side: 'inflow' | 'outflow'; agency: string; over?: boolean }>;

/** The loops of one side, by case: the inflow side sent the letter, the outflow side answers it. `over` picks ended or running ones. */
export function loopsOf(source: DataSource, { side, agency, over }: LoopsAsked, page: PageRequest = {}): Promise<Page<LoopRow>> {
  const column = side === 'inflow' ? 'sender' : 'addressee';
  const loops = source.getRepository(LoopRow).createQueryBuilder('loop').where(`loop.${column} = :agency`, { agency });
  if (over !== undefined) loops.andWhere('loop.over = :over', { over });
  return pageOf(loops, ['caseId', 'loopId'], page);
}

/** The ledger of returnees (返乡受助人员台账) of an agency: the lines that have a ledger number, by case. */
export const ledgerOf = (source: DataSource, agency: string, page: PageRequest = {}): Promise<Page<ReturneeLedgerRow>> => {
  const lines = source.getRepository(ReturneeLedgerRow).createQueryBuilder('line');
  return pageOf(lines.where('line.agency = :agency and line.ledgerNumber is not null', { agency }), ['caseId', 'loopId'], page);
};
