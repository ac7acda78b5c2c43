// Naive: the next version is the highest one plus one, and no unique key says no.
import pg from 'pg';

export async function openMaxPlusOne(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 32 });
  await pool.query('create table event (position bigserial primary key, stream text, version int, event_id uuid)');
  await pool.query('create index on event (stream, version)');
  return {
    head: async (_writer, stream) => {
      const { rows } = await pool.query('select coalesce(max(version), 0) as head from event where stream = $1', [stream]);
      return rows[0].head;
    },
    append: async (_writer, { stream, version, eventId }) => {
      await pool.query('insert into event (stream, version, event_id) values ($1, $2, $3)', [stream, version + 1, eventId]);
      return true;
    },
    rows: async () => (await pool.query('select stream, version, event_id as "eventId" from event order by position')).rows,
    close: () => pool.end(),
  };
}
