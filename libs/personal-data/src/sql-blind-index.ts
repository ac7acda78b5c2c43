import type { BlindIndexErasure, BlindIndexStore } from './blind-index';
import { hex, type Sql } from './sql-key-rows';

/** The index in the schema `personal_data`, as the role `guitu_keys`. */
export function sqlBlindIndex(sql: Sql): BlindIndexStore {
  return {
    async put(rows) {
      await sql.query(put, [
        rows.map(({ kind }) => kind),
        rows.map(({ mac }) => hex(mac)),
        rows.map(({ subject }) => subject),
        rows.map(({ stream }) => stream),
      ]);
    },
    find: (kind, macs) => sql.query(find, [kind, macs.map(hex)]),
  };
}

/** Takes rows of the index away, as the role `guitu_erasure`. */
export function sqlBlindIndexErasure(sql: Sql): BlindIndexErasure {
  return {
    async removeSubject(subject, kinds) {
      return (await sql.query(remove, [subject, kinds ?? null])).length;
    },
  };
}

// In the order of the primary key, so that two processes that add the same rows never wait for each other in a circle.
const put = `
  insert into personal_data.blind_index (kind, mac, subject_ref, stream)
  select kind, decode(mac, 'hex'), subject_ref, stream
  from unnest($1::text[], $2::text[], $3::uuid[], $4::text[]) as w (kind, mac, subject_ref, stream)
  order by 1, 2, 3
  on conflict do nothing`;

const find = `
  select subject_ref as subject, stream from personal_data.blind_index
  where kind = $1 and mac in (select decode(m, 'hex') from unnest($2::text[]) as m)
  order by stream, subject_ref`;

const remove = `
  delete from personal_data.blind_index where subject_ref = $1 and ($2::text[] is null or kind = any ($2::text[]))
  returning kind`;
