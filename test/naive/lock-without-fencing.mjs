// A naive projector, one of several: it works while it holds a lock with a time limit, and asks for the lock before each page. Whoever stands still
// between asking and writing writes all the same. Its argument: { url, seconds }.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const page = 5;
const restMs = 20;

export const naiveTables = `create schema naive;
  create table naive.lease (owner text not null, until timestamptz not null);
  insert into naive.lease values ('', '-infinity');
  create table naive.event (position int primary key, stream text not null);
  create table naive.events_of_stream (stream text primary key, events int not null);
  create table naive.checkpoint (position int not null);
  insert into naive.checkpoint values (0);`;

const mine = `update naive.lease set owner = $1, until = clock_timestamp() + make_interval(secs => $2)
  where owner = $1 or until < clock_timestamp() returning owner`;

/** Rows and checkpoint in one statement: each write is whole. */
const write = `with moved as (update naive.checkpoint set position = $2)
  insert into naive.events_of_stream select stream, 1 from unnest($1::text[]) stream
  on conflict (stream) do update set events = naive.events_of_stream.events + 1`;

async function takePage(client) {
  const { rows: at } = await client.query('select position from naive.checkpoint');
  const { rows } = await client.query('select position, stream from naive.event where position > $1 order by position limit $2', [
    at[0].position,
    page,
  ]);
  if (rows.length > 0) await client.query(write, [rows.map(({ stream }) => stream), rows.at(-1).position]);
}

async function work({ url, seconds }) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  console.log('ready');
  for (;;) {
    const { rows } = await client.query(mine, [String(process.pid), seconds]);
    if (rows.length > 0) await takePage(client);
    await sleep(restMs);
  }
}

if (process.argv[1] === import.meta.filename) await work(JSON.parse(process.argv[2]));
