// Naive: positions come from a sequence, which gives them before the commit, and the reader asks for "position above the last seen".
import pg from 'pg';

export async function openSerialPositions(connectionString, writers) {
  const pool = new pg.Pool({ connectionString, max: 1 });
  await pool.query('create table event (position bigserial primary key, event_id uuid)');
  const clients = Array.from({ length: writers }, () => new pg.Client({ connectionString }));
  await Promise.all(clients.map((client) => client.connect()));
  return {
    append: async (writer, { ids, before, after }) => {
      const client = clients[writer];
      await client.query('begin');
      if (before > 0) await client.query('select pg_sleep($1)', [before / 1_000]);
      await client.query('insert into event (event_id) select unnest($1::uuid[])', [ids]);
      if (after > 0) await client.query('select pg_sleep($1)', [after / 1_000]);
      await client.query('commit');
    },
    readAfter: async (after, limit) => {
      const text = 'select position, event_id as id from event where position > $1 order by position limit $2';
      return (await pool.query({ name: 'read', text, values: [after, limit] })).rows;
    },
    stored: async () => (await pool.query('select event_id as id from event order by position')).rows.map((row) => row.id),
    close: () => Promise.all([pool.end(), ...clients.map((client) => client.end())]),
  };
}
