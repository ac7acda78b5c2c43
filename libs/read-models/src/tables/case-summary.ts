import type { Case } from '@guitu/rescue';
import { Entity, Index } from 'typeorm';
import { Count, KeyText, Position, Text, TextList, TextOrNull } from '../columns';
import type { ReadModel } from '../read-model';

/** One case (个案) at a glance, and who takes part in it. */
@Entity('case_summary')
@Index(['owner', 'caseId'])
export class CaseSummary {
  @KeyText() caseId!: string;
  /** The case-owning station (个案归属站), once there is one. */
  @TextOrNull() owner!: string | null;
  @Text() location!: string;
  /** Who has the person now. */
  @TextOrNull() custodyHolder!: string | null;
  @TextOrNull() foundIn!: string | null;
  /** Every agency that recorded an event or was named by one, sorted. */
  @TextList() participants!: readonly string[];
  @Text() openedAt!: string;
  /** When the newest event happened, as its recorder states. */
  @Text() lastAt!: string;
  @Count() version!: number;
  /** Position of the newest event. */
  @Position() position!: bigint;
}

export const caseSummary: ReadModel<CaseSummary, Case> = {
  name: 'case_summary',
  entity: CaseSummary,
  revision: 1,
  category: 'case',
  streamColumn: 'caseId',
  keyOf: () => '',
  remembers: 'all',
  fold: ({ event, id, after }, rows) => [
    {
      caseId: id,
      owner: after.state.owner,
      location: after.state.location,
      custodyHolder: after.state.custody.holder,
      foundIn: after.state.foundIn,
      participants: [...after.parties].sort(),
      openedAt: rows.get('')?.openedAt ?? event.meta.at,
      lastAt: event.meta.at,
      version: after.version,
      position: event.position,
    },
  ],
};
