import type { Database } from './database';

/**
 * Takes these ciphertexts out of the records of one stream, as `guitu_erasure`, whom the table allows nothing else. Envelopes and hashes stay as they
 * are. Calling it again is harmless. PostgreSQL keeps the old row versions until they are vacuumed; without their key they tell nothing.
 *
 * @param digests names of ciphertexts in `secrets`
 * @returns how many were still there
 */
export async function removeSecrets(database: Pick<Database, 'query'>, stream: string, digests: readonly string[]): Promise<number> {
  if (digests.length === 0) return 0;
  const [row] = await database.query<{ removed: number }>(removal, [stream, digests]);
  return row?.removed ?? 0;
}

// One digest names one ciphertext, and that lies in one record.
const removal = `
  with chosen as (
    select position, (select count(*) from jsonb_object_keys(secrets) as k where k = any ($2::text[])) as here
    from event_log.record where stream = $1 and secrets ?| $2::text[] order by position
  ),
  emptied as (
    update event_log.record as r set secrets = r.secrets - $2::text[] from chosen as c where r.position = c.position returning c.here
  )
  select coalesce(sum(here), 0)::int as removed from emptied`;
