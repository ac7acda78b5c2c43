import type { AuditEvent } from '@guitu/rescue';
import { Entity, Index } from 'typeorm';
import { Count, KeyCount, KeyText, Position, Text, TextList } from '../columns';
import { idOfStream, type ReadModel } from '../read-model';

/** What became of a reading: values were shown, or kept back; or a look-up named the case. */
export type DisclosureOutcome = 'SHOWN' | 'REFUSED' | 'FOUND';

/** One answer in which values about a case left, were kept back, or the case was named (查阅记录). It holds no value. */
@Entity('disclosure')
@Index(['caseId', 'position', 'stream'])
export class DisclosureRow {
  /** The audit stream without its category, and the event's version in it. */
  @KeyText() auditId!: string;
  @KeyCount() version!: number;
  /** What was read: `case-6f…`, or another stream with the id of the case. */
  @KeyText() stream!: string;
  @Text() caseId!: string;
  @Position() position!: bigint;
  @Text() at!: string;
  /** Who read. */
  @Text() agency!: string;
  @Text() purpose!: string;
  @Text() outcome!: DisclosureOutcome;
  @TextList() classes!: readonly string[];
  /** Values, or cases of a look-up, in the whole answer, of which this case may be a part; 0 where nothing was shown. */
  @Count() count!: number;
  /** The rule that allowed or denied it. */
  @Text() rule!: string;
  @Text() requestId!: string;
}

const outcomes: { readonly [T in AuditEvent['type']]: DisclosureOutcome } = {
  PersonalDataRead: 'SHOWN',
  PersonalDataReadRefused: 'REFUSED',
  PersonalDataSearched: 'FOUND',
};

export const disclosure: ReadModel<DisclosureRow> = {
  name: 'disclosure',
  entity: DisclosureRow,
  revision: 1,
  category: 'audit',
  streamColumn: 'auditId',
  keyOf: ({ version, stream }) => `${version} ${stream}`,
  remembers: 'none',
  once: true,
  fold: ({ event, id }) => {
    // The catalogue of audit streams has these events alone.
    const { type, data } = event as unknown as AuditEvent;
    return data.streams.map((stream) => ({
      auditId: id,
      version: event.version,
      stream,
      caseId: idOfStream(stream),
      position: event.position,
      at: event.meta.at,
      agency: event.meta.by,
      purpose: data.purpose,
      outcome: outcomes[type],
      classes: 'classes' in data ? data.classes : [],
      count: 'count' in data ? data.count : 0,
      rule: data.rule,
      requestId: data.requestId,
    }));
  },
};
