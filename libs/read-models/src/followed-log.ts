import type { Database, Query } from '@guitu/event-log';
import { readSchema } from './database';
import { dropGeneration, generationNumbers, liveCheckpoint, projectionName } from './generation';
import { generationLock } from './generation-lock';
import { quoted } from './table-rows';

/** What tells one log from another: its engine, and the id of its first event (null as long as it is empty). */
export type LogIdentity = Readonly<{ engine: string; firstEvent: string | null }>;

/** The rows were made from another log: its positions mean nothing here. Nothing was written. */
export class AnotherLog extends Error {
  override readonly name = 'AnotherLog';

  constructor(
    readonly followed: LogIdentity,
    readonly given: LogIdentity,
  ) {
    super(
      `The read models were made from another event log (${told(followed)}) than the one that is set (${told(given)}). Set the right log, ` +
        'give this one a database of its own, or, after a log has moved to another engine, throw the rows away with: guitu forget-read-models --confirm.',
    );
  }
}

const told = ({ engine, firstEvent }: LogIdentity): string => `${engine}, ${firstEvent === null ? 'empty' : `first event ${firstEvent}`}`;

/** Databases from before this was noted followed PostgreSQL, the only engine of that time. */
const engineBefore = 'postgres';

type FollowedRow = Readonly<{ engine: string; first_event: string | null }>;

/** Notes the log at the first call, and compares at every later one. @throws AnotherLog */
export function checkFollowedLog(database: Database, given: LogIdentity): Promise<void> {
  return database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [generationLock]);
    const [row] = await query<FollowedRow>(`select engine, first_event from ${readSchema}.followed_log where name = $1`, [projectionName]);
    const begun = ((await liveCheckpoint(query))?.position ?? 0n) > 0n;
    const followed: LogIdentity = { engine: row?.engine ?? engineBefore, firstEvent: row?.first_event ?? null };
    const sameEngine = followed.engine === given.engine;
    const sameFirst = followed.firstEvent === null ? given.firstEvent !== null : followed.firstEvent === given.firstEvent;
    if (begun && !(sameEngine && sameFirst)) throw new AnotherLog(followed, given);
    await query(
      `insert into ${readSchema}.followed_log (name, engine, first_event) values ($1, $2, $3)
        on conflict (name) do update set engine = excluded.engine, first_event = excluded.first_event`,
      [projectionName, given.engine, begun ? given.firstEvent : null],
    );
  });
}

/** With the first page of a log that was empty before: from now on its first event is known. */
export async function bindFollowedLog(query: Query, firstEvent: string | undefined): Promise<void> {
  if (firstEvent === undefined) return;
  await query(`update ${readSchema}.followed_log set first_event = $2 where name = $1`, [projectionName, firstEvent]);
}

/** Drops every generation and what was noted about the log; the next start begins anew. */
export function forgetFollowedLog(database: Database): Promise<void> {
  return database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [generationLock]);
    const views = await query<{ viewname: string }>('select viewname from pg_views where schemaname = $1', [readSchema]);
    for (const { viewname } of views) await query(`drop view ${readSchema}.${quoted(viewname)}`);
    await query(`delete from ${readSchema}.live_generation where name = $1`, [projectionName]);
    for (const number of await generationNumbers(query)) await dropGeneration(query, number);
    await query(`delete from ${readSchema}.followed_log where name = $1`, [projectionName]);
  });
}
