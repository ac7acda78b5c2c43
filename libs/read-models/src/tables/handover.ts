import type { Case } from '@guitu/rescue';
import { Entity, Index } from 'typeorm';
import { KeyText, Text, TextOrNull } from '../columns';
import type { ReadModel } from '../read-model';

/** One handover (交接): offered by one agency, signed for, refused or withdrawn. */
@Entity('handover')
@Index(['to', 'phase', 'caseId'])
export class HandoverRow {
  @KeyText() caseId!: string;
  @KeyText() handoverId!: string;
  @Text() kind!: string;
  @Text() from!: string;
  @Text() to!: string;
  @Text() phase!: string;
  @Text() offeredAt!: string;
  /** Since when it is in this phase. */
  @Text() since!: string;
  @TextOrNull() dispatchId!: string | null;
}

export const handover: ReadModel<HandoverRow, Case> = {
  name: 'handover',
  entity: HandoverRow,
  revision: 1,
  category: 'case',
  streamColumn: 'caseId',
  keyOf: ({ handoverId }) => handoverId,
  remembers: 'none',
  fold: ({ id, event, before, after }) => {
    const { handovers } = after.state;
    if (handovers === before.state.handovers) return [];
    return Object.values(handovers)
      .filter(({ handoverId, phase }) => before.state.handovers[handoverId]?.phase !== phase)
      .map(({ handoverId, kind, from, to, phase, offeredAt, dispatchId }) => {
        return { caseId: id, handoverId, kind, from, to, phase, offeredAt, since: event.meta.at, dispatchId };
      });
  },
};
