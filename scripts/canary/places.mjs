// Everything that the service leaves behind: all rows of all databases, the files of its folder, the server's own log.
import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import pg from 'pg';

const ROWS_AT_ONCE = 2_000;
const PIECE_BYTES = 8 * 1024 * 1024;
/** The write-ahead log holds what the tables hold, in pages that come and go. */
const LEFT_OUT = 'pg_wal';

const relations = `
  select n.nspname as schema, c.relname as name, c.oid::text as oid, c.relkind as kind
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm', 'v', 'p', 'S') and not c.relispartition and n.nspname <> 'information_schema'
  order by 1, 2`;

async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every row of every relation, as JSON and its bytes as they are. @returns how many relations and rows, and which relations could not be read */
export async function searchDatabases(superuserUrl, search) {
  const counts = { databases: 0, relations: 0, rows: 0, unread: [] };
  const names = await withClient(superuserUrl, async (client) => {
    const { rows } = await client.query('select datname from pg_database where datallowconn order by 1');
    return rows.map(({ datname }) => datname);
  });
  for (const name of names) {
    counts.databases += 1;
    const url = new URL(superuserUrl);
    url.pathname = `/${name}`;
    await withClient(url.href, (client) => searchDatabase(client, name, search, counts));
  }
  return counts;
}

async function searchDatabase(client, database, search, counts) {
  const { rows: found } = await client.query(relations);
  for (const { schema, name, oid } of found) {
    const bytesColumns = await bytesOf(client, oid);
    try {
      counts.rows += await searchRelation(client, { database, schema, name, bytesColumns }, search);
      counts.relations += 1;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      await client.query('rollback');
      counts.unread.push(`${database} ${schema}.${name}`);
    }
  }
}

const bytesOf = async (client, oid) => {
  const { rows } = await client.query(
    `select attname from pg_attribute where attrelid = $1 and attnum > 0 and not attisdropped and atttypid = 'bytea'::regtype`,
    [oid],
  );
  return rows.map(({ attname }) => attname);
};

async function searchRelation(client, { database, schema, name, bytesColumns }, search) {
  const id = (text) => client.escapeIdentifier(text);
  const bytes = bytesColumns.map((column, index) => `, t.${id(column)} as bytes_${index}`).join('');
  let count = 0;
  await client.query('begin read only');
  await client.query(`declare rows no scroll cursor for select row_to_json(t)::text as row ${bytes} from ${id(schema)}.${id(name)} t`);
  const where = `${database} ${schema}.${name}`;
  const place = schema.startsWith('pg_') ? 'system catalogues' : `schema ${schema}`;
  for (;;) {
    const { rows } = await client.query(`fetch ${ROWS_AT_ONCE} from rows`);
    if (rows.length === 0) break;
    count += rows.length;
    search.look(place, where, rows.map(({ row }) => row).join('\n'));
    for (const [index, column] of bytesColumns.entries()) {
      const pieces = rows.map((row) => row[`bytes_${index}`]).filter((one) => one !== null);
      search.look(place, `${where}.${column}`, Buffer.concat(pieces));
    }
  }
  await client.query('commit');
  return count;
}

/** Every file below a folder, save the write-ahead log. @returns how many files */
export async function searchFiles(folder, { place, search, overlap }) {
  let count = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile() || file.split(path.sep).includes(LEFT_OUT)) continue;
    count += 1;
    const relative = path.relative(folder, file);
    search.look(place(relative), relative, Buffer.from(relative, 'utf8'));
    const look = (what) => (bytes) => search.look(place(relative), what, bytes);
    const zipped = await searchStream(createReadStream(file, { highWaterMark: PIECE_BYTES }), { look: look(relative), overlap });
    if (zipped) await searchStream(createReadStream(file).pipe(createGunzip()), { look: look(`${relative}, unzipped`), overlap });
  }
  return count;
}

/** Pieces overlap, so that nothing is cut in two. @returns whether the bytes begin as gzip does */
async function searchStream(stream, { look, overlap }) {
  let before = Buffer.alloc(0);
  let zipped;
  for await (const piece of stream) {
    zipped ??= piece[0] === 0x1f && piece[1] === 0x8b;
    const bytes = Buffer.concat([before, piece]);
    look(bytes);
    before = bytes.subarray(-overlap);
  }
  return zipped === true;
}
