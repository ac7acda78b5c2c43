import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { pageOf, type Page, type PageRequest } from '../paging';
import { DutyRow } from '../tables/duty';

/** Whose duties, in which state. `due-within` counts `days` times 24 hours from `now` and holds what is not yet noticed as overdue. */
export type DutiesAsked = Readonly<{ side: 'owed-by' | 'owed-to'; agency: string }> &
  (Readonly<{ state: 'open' | 'breached' | 'closed' }> | Readonly<{ state: 'due-within'; days: number; now: number }>);

const dayMs = 86_400_000;
const order = ['dueAtMs', 'stream', 'dutyId'] as const;

/** Duties of an agency, the earliest due first. `breached` ones are open: what was done late stands among the closed ones. */
export function dutiesOf(source: DataSource, asked: DutiesAsked, page: PageRequest = {}): Promise<Page<DutyRow>> {
  const side = asked.side === 'owed-by' ? 'owedBy' : 'owedTo';
  const select = source.getRepository(DutyRow).createQueryBuilder('duty').where(`duty.${side} = :agency`, { agency: asked.agency });
  return pageOf(inState(select, asked), order, page);
}

function inState(select: SelectQueryBuilder<DutyRow>, asked: DutiesAsked): SelectQueryBuilder<DutyRow> {
  switch (asked.state) {
    case 'open':
      return select.andWhere(`duty.status = 'open'`);
    case 'breached':
      return select.andWhere(`duty.status = 'open' and duty.breachedAt is not null`);
    case 'closed':
      return select.andWhere(`duty.status <> 'open'`);
    case 'due-within':
      return select.andWhere(`duty.status = 'open' and duty.breachedAt is null and duty.dueAtMs <= :until`, {
        until: asked.now + asked.days * dayMs,
      });
  }
}

/** All duties of one stream, such as `case-6f…`, the earliest due first. */
export const dutiesOfStream = (source: DataSource, stream: string, page: PageRequest = {}): Promise<Page<DutyRow>> =>
  pageOf(source.getRepository(DutyRow).createQueryBuilder('duty').where('duty.stream = :stream', { stream }), order, page);

/** Which open duties the timekeeper looks at: due before one moment, and not noticed as overdue yet. Milliseconds since 1970. */
export type DueBefore = Readonly<{ before: number }>;

/** Open duties whose limit ends before a moment and whose breach is not recorded, the earliest first: what may be overdue, or near. */
export const dutiesToNotice = (source: DataSource, { before }: DueBefore, page: PageRequest = {}): Promise<Page<DutyRow>> => {
  const open = source.getRepository(DutyRow).createQueryBuilder('duty').where(`duty.status = 'open' and duty.breachedAt is null`);
  return pageOf(open.andWhere('duty.dueAtMs < :before', { before }), order, page);
};

/** When the next open, unbreached duty falls due after a moment; undefined when none does. Milliseconds since 1970. */
export async function nextDueAfter(source: DataSource, after: number): Promise<number | undefined> {
  const open = source.getRepository(DutyRow).createQueryBuilder('duty').where(`duty.status = 'open' and duty.breachedAt is null`);
  const first = await open.andWhere('duty.dueAtMs >= :after', { after }).orderBy('duty.dueAtMs', 'ASC').limit(1).getOne();
  return first?.dueAtMs;
}
