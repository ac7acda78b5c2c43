// Looks at the tables of the read models without their own code: what a generation holds is asked of the database.
import { createHash } from 'node:crypto';
import { room } from '../support/rooms.mjs';

const { eventLogMigrations } = room('event-log');
const { personalDataMigrations } = room('personal-data');
const { migrate } = room('read-models');

export const migrateAll = (url) => migrate({ url, steps: [...eventLogMigrations, ...personalDataMigrations] });

/** Tables of a schema with their keys and how many columns each has. */
export async function tablesOf(client, schema) {
  const { rows } = await client.query(
    `select c.relname as name, (select count(*)::int from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
            array(select a.attname::text from unnest(i.indkey) with ordinality k(n, o) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.n order by o) as keys
     from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary where c.relnamespace = $1::regnamespace and c.relkind = 'r' order by 1`,
    [schema],
  );
  return rows;
}

const quoted = (name) => `"${name}"`;

/** All rows of a schema, table by table in the order of their keys, each row as the bytes of its JSON, no column left out; and their digest. */
export async function dumpOf(client, schema, tables) {
  const known = tables ?? (await tablesOf(client, schema));
  const parts = known.map(({ name, keys }, index) => {
    const order = keys.map((key) => `t.${quoted(key)}`).join(', ');
    return `select ${index} as place, row_number() over (order by ${order}) as number, row_to_json(t)::text as row from ${schema}.${quoted(name)} t`;
  });
  const { rows } = await client.query(`${parts.join(' union all ')} order by 1, 2`);
  const hash = createHash('sha256');
  for (const { place, row } of rows) hash.update(`${known[place].name} ${row}\n`);
  const examples = new Map(rows.map(({ place, row }) => [place, row]));
  const leftOut = [...examples].map(([place, row]) => known[place].columns - Object.keys(JSON.parse(row)).length);
  return { digest: hash.digest('hex'), rows: rows.length, columnsLeftOut: leftOut.reduce((sum, count) => sum + count, 0) };
}

/** The generation that is read, and its checkpoint. */
export async function liveGeneration(client) {
  const { rows } = await client.query(
    `select generation, position::text from read_models.live_generation join read_models.projection_checkpoint using (name, generation)`,
  );
  return rows[0] === undefined ? undefined : { schema: `read_g${rows[0].generation}`, position: rows[0].position };
}

/** As on the first day. */
export async function forgetGenerations(client) {
  const { rows } = await client.query('select generation from read_models.projection_checkpoint');
  await client.query('drop schema if exists naive_live, naive_rebuilt cascade');
  await client.query(
    `delete from read_models.live_generation; ${rows.map(({ generation }) => `drop schema if exists read_g${generation} cascade;`).join(' ')}
     delete from read_models.projection_checkpoint`,
  );
}
