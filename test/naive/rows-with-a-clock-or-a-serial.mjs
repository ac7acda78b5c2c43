// Two naive projections: one stamps each row with the database's clock, one numbers its rows with a serial key. Everything else about them is right.

/** `update … set seen_at = now()`: convenient for "last changed", and different after every rebuild. */
export const clockInARow = {
  name: 'now() in a row',
  create: (schema) =>
    `create table ${schema}.last_event (stream text collate "C" primary key, type text not null, seen_at timestamptz not null)`,
  write: (
    schema,
  ) => `insert into ${schema}.last_event select stream, type, now() from json_to_recordset($1::json) as r(stream text, type text)
    on conflict (stream) do update set type = excluded.type, seen_at = excluded.seen_at`,
};

/** A serial key is used up by every attempt to insert, also where the row exists already: the numbers depend on how pages were cut. */
export const serialKeys = {
  name: 'serial keys',
  create: (schema) =>
    `create table ${schema}.last_event (id serial primary key, stream text collate "C" not null unique, type text not null)`,
  write: (
    schema,
  ) => `insert into ${schema}.last_event (stream, type) select stream, type from json_to_recordset($1::json) as r(stream text, type text)
    on conflict (stream) do update set type = excluded.type`,
};

/** Takes all events in pages of this size; of each page the last event of each stream. */
export async function projectNaively({ create, write }, client, { schema, events, page }) {
  await client.query(`drop schema if exists ${schema} cascade; create schema ${schema}; ${create(schema)}`);
  for (let start = 0; start < events.length; start += page) {
    const last = new Map(events.slice(start, start + page).map(({ stream, type }) => [stream, { stream, type }]));
    await client.query(write(schema), [JSON.stringify([...last.values()])]);
  }
}
