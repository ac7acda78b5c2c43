import type { Agency, Directory } from '@guitu/rescue';
import type { Database } from '@guitu/event-log';
import type { DataSource } from 'typeorm';
import { liveCheckpoint } from '../generation';
import { AgencyEntry } from '../tables/agency-directory';

/** The directory, and the position of the log up to which it is complete. */
export type DirectoryAt = Readonly<{ directory: Directory; position: bigint }>;
/** The entries that changed after a position, and the position up to which nothing is missing; an entry may come twice. */
export type DirectoryChanges = Readonly<{ agencies: readonly Agency[]; position: bigint }>;

export async function directoryChangedSince(source: DataSource, database: Database, since: bigint): Promise<DirectoryChanges> {
  // The checkpoint first: what is written while the entries are read comes again the next time.
  const position = (await liveCheckpoint(database.query))?.position ?? 0n;
  const entries = source.getRepository(AgencyEntry).createQueryBuilder('entry');
  const changed = entries.where('entry.position > :since', { since: since.toString() }).orderBy('entry.position', 'ASC');
  return { agencies: (await changed.getMany()).map(({ agency }) => agency), position };
}

export async function directoryOf(source: DataSource, database: Database): Promise<DirectoryAt> {
  const { agencies, position } = await directoryChangedSince(source, database, 0n);
  return { directory: new Map(agencies.map((agency) => [agency.id, agency])), position };
}
