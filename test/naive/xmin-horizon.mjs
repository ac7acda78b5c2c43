// Naive: the reader goes only as far as the oldest transaction that is still open anywhere on the server.
import pg from 'pg';

export async function openXminHorizon(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 16 });
  await pool.query('create table event (position bigserial primary key, xact xid8 default pg_current_xact_id(), event_id uuid)');
  const text = `select position, event_id as id from event
    where position > $1 and xact < pg_snapshot_xmin(pg_current_snapshot()) order by position limit 1000`;
  return {
    append: (eventId) => pool.query('insert into event (event_id) values ($1)', [eventId]),
    readAfter: async (after) => (await pool.query(text, [after])).rows,
    close: () => pool.end(),
  };
}
