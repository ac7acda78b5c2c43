import { agenciesNamed, eventKindOf } from '@guitu/rescue';
import { Entity, Index } from 'typeorm';
import { Json, JsonOrNull, KeyCount, KeyText, Position, Text, TextList, TextOrNull } from '../columns';
import type { ReadModel } from '../read-model';

/** One event of a stream, as its readers see it; values about persons are sealed and travel by themselves. */
@Entity('timeline')
@Index(['eventId'], { unique: true })
export class TimelineRow {
  @KeyText() stream!: string;
  @KeyCount() version!: number;
  /** The stream's name without its category: the case's id. */
  @Text() streamId!: string;
  @Position() position!: bigint;
  @Text() eventId!: string;
  @Text() type!: string;
  @Text() zh!: string;
  @Text() basis!: string;
  @Text() occurredAt!: string;
  @Text() recordedAt!: string;
  /** The agency that recorded it. */
  @Text() agency!: string;
  @Text() commandId!: string;
  @Text() commandType!: string;
  @TextOrNull() causation!: string | null;
  @Json() data!: object;
  /** Why it was recorded late, sealed. */
  @JsonOrNull() backfill!: object | null;
  /** The agencies that it names, sorted. */
  @TextList() parties!: readonly string[];
}

export const timeline: ReadModel<TimelineRow> = {
  name: 'timeline',
  entity: TimelineRow,
  revision: 1,
  streamColumn: 'stream',
  keyOf: ({ version }) => String(version),
  remembers: 'none',
  once: true,
  fold: ({ event, kind, id }) => {
    const { zh, basis, parties } = eventKindOf(kind, event.type);
    const named = parties === undefined ? [] : agenciesNamed(event.data, parties);
    const { command, causation } = event.envelope;
    return [
      {
        stream: event.stream,
        version: event.version,
        streamId: id,
        position: event.position,
        eventId: event.meta.id,
        type: event.type,
        zh,
        basis,
        occurredAt: event.meta.at,
        recordedAt: event.recordedAt,
        agency: event.meta.by,
        commandId: command.id,
        commandType: command.type,
        causation,
        data: event.data,
        backfill: event.backfill,
        parties: named.length < 2 ? named : [...new Set(named)].sort(),
      },
    ];
  },
};
