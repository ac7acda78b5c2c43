import { nothing, type AnyStreamKind, type Situation } from '@guitu/rescue';
import { Entity } from 'typeorm';
import { KeyText, OrderedJson, Position } from './columns';

/** Where a stream stands, in a form that JSON keeps. */
export type StoredSituation = Readonly<Omit<Situation, 'parties'> & { parties: readonly string[] }>;

/** Where each stream stood at the checkpoint: what lets the fold go on without reading the stream again. */
@Entity('stream_state')
export class StreamState {
  @KeyText() stream!: string;
  @Position() position!: bigint;
  @OrderedJson() situation!: StoredSituation;
}

export const storedSituation = ({ parties, ...rest }: Situation): StoredSituation => ({ ...rest, parties: [...parties].sort() });

export const situationFrom = (kind: AnyStreamKind, stored: StoredSituation | undefined): Situation =>
  stored === undefined ? nothing<unknown>(kind.initial) : { ...stored, parties: new Set(stored.parties) };

/** The row that tells where a stream stands. */
export const stateRow = (stream: string, { situation, position }: Readonly<{ situation: Situation; position: bigint }>): StreamState => ({
  stream,
  position,
  situation: storedSituation(situation),
});
