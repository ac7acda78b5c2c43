import type { Case } from '@guitu/rescue';
import { Entity, Index } from 'typeorm';
import { KeyCount, KeyText, Text, TextOrNull } from '../columns';
import type { ReadModel } from '../read-model';

/** One span of the custody line (照管链): who had the person from when to when. */
@Entity('custody_span')
@Index(['agency', 'until', 'caseId'])
export class CustodySpanRow {
  @KeyText() caseId!: string;
  /** Its place in the line, from 1. */
  @KeyCount() span!: number;
  @Text() agency!: string;
  @Text() from!: string;
  /** Null while it lasts. */
  @TextOrNull() until!: string | null;
}

export const custodySpan: ReadModel<CustodySpanRow, Case> = {
  name: 'custody_span',
  entity: CustodySpanRow,
  revision: 1,
  category: 'case',
  streamColumn: 'caseId',
  keyOf: ({ span }) => String(span),
  remembers: 'none',
  fold: ({ id, before, after }) => {
    const { line } = after.state.custody;
    if (line === before.state.custody.line) return [];
    const known = before.state.custody.line;
    return line
      .map(({ agency, from, until }, index) => ({ caseId: id, span: index + 1, agency, from, until }))
      .filter(({ from, until }, index) => known[index]?.from !== from || known[index]?.until !== until);
  },
};
