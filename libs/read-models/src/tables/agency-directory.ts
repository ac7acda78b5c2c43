import type { Agency } from '@guitu/rescue';
import { Entity, Index } from 'typeorm';
import { Json, KeyText, Position } from '../columns';
import type { ReadModel } from '../read-model';

/** One agency's entry in the directory (机构名录), folded. */
@Entity('agency_directory')
@Index(['position'])
export class AgencyEntry {
  @KeyText() agencyId!: string;
  @Json() agency!: Agency;
  /** Position of the event that last changed it. */
  @Position() position!: bigint;
}

export const agencyDirectory: ReadModel<AgencyEntry, Agency> = {
  name: 'agency_directory',
  entity: AgencyEntry,
  revision: 1,
  category: 'agency',
  streamColumn: 'agencyId',
  keyOf: () => '',
  remembers: 'none',
  fold: ({ event, id, after }) => [{ agencyId: id, agency: after.state, position: event.position }],
};
