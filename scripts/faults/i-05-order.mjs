import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openSerialPositions } from '../../test/naive/serial-positions.mjs';
import { poll, writers } from './support/loops.mjs';
import { recordOf } from './support/records.mjs';
import { built, room } from './support/rooms.mjs';
import { freshDatabase, freshLogDatabase, withClient } from './support/shared-server.mjs';

export const id = 'I-05';
export const title = 'a reader misses nothing';
export const promise =
  'A reader that has seen a position never later meets an event at or before it: following from the last position loses nothing';

/** Of 32 writers, most hold their transactions open by hand; the others are the product's own path, from two logs beside each other. */
const BY_HAND = 24;
const THROUGH_THE_LOG = 8;
const LOGS = 2;
const MOST_RECORDS = 120;
const MOST_DELAY_MS = 6;
const PAGE = 1_000;
const SETTLE_MS = 500;

const delayOf = (random) => (random() < 0.7 ? random() * MOST_DELAY_MS : 0);
const idsOf = (random) => Array.from({ length: random.whole(1, MOST_RECORDS) }, () => random.uuid());

/** The log's own function in a transaction of ours: it begins, waits, appends, waits again with its rows written, and commits. */
async function openHeldTransactions(appUrl) {
  const { valuesOf } = built('libs/event-log/src/postgres/group.js');
  const clients = Array.from({ length: BY_HAND }, () => new pg.Client({ connectionString: appUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  const call = `select * from event_log.append_group(${Array.from({ length: 14 }, (_, index) => `$${index + 1}`).join(', ')})`;
  const append = async (writer, { stream, ids, before, after }) => {
    const client = clients[writer];
    const one = { stream, expectedVersion: 0, records: ids.map(recordOf), bytes: 0, time: undefined };
    await client.query('begin');
    if (before > 0) await client.query('select pg_sleep($1)', [before / 1_000]);
    await client.query({ name: 'held', text: call, values: valuesOf({ appends: [one], waves: [1] }) });
    if (after > 0) await client.query('select pg_sleep($1)', [after / 1_000]);
    await client.query('commit');
  };
  return { append, close: () => Promise.all(clients.map((client) => client.end())) };
}

/** Follows while 32 writers write until the wanted number of events lies there; what the reader was given, in its order. */
async function follow({ readAfter, append, wanted, random }) {
  const delivered = [];
  const reader = poll(readAfter, (record) => delivered.push(record.id));
  let [left, delayed, streams] = [wanted, 0, 0];
  await writers(BY_HAND + THROUGH_THE_LOG, async (writer) => {
    if (left <= 0) return false;
    const ids = idsOf(random);
    left -= ids.length;
    const [before, after] = [delayOf(random), delayOf(random)];
    if (after > 0) delayed += 1;
    await append(writer, { stream: `late-${(streams += 1)}`, ids, before, after });
    return true;
  });
  await sleep(SETTLE_MS);
  await reader.stop();
  return { delivered, delayed };
}

/** `stored` are all ids in the order of their positions, as the table has them. */
function compare(delivered, stored) {
  const given = new Set(delivered);
  return {
    lost: stored.filter((eventId) => !given.has(eventId)).length,
    twice: delivered.length - given.size,
    outOfOrder: delivered.filter((eventId, index) => stored[index] !== eventId).length,
  };
}

async function runProduct({ random, wanted }) {
  const { openPostgresLog } = room('event-log');
  const database = await freshLogDatabase();
  const held = await openHeldTransactions(database.appUrl);
  const [reading, ...logs] = await Promise.all(
    Array.from({ length: LOGS + 1 }, () => openPostgresLog({ connectionString: database.appUrl })),
  );
  const append = (writer, work) =>
    writer < BY_HAND ? held.append(writer, work) : logs[writer % LOGS].append(work.stream, 0, work.ids.map(recordOf));
  const { delivered, delayed } = await follow({ readAfter: (after) => reading.readAll(after, PAGE), append, wanted, random });
  await Promise.all([held.close(), reading.close(), ...logs.map((log) => log.close())]);
  const stored = await withClient(database.superuserUrl, async (client) =>
    (await client.query('select event_id as id from event_log.record order by position')).rows.map((row) => row.id),
  );
  await database.drop();
  return { stored: stored.length, delayed, ...compare(delivered, stored) };
}

async function runNaive({ random, wanted }) {
  const database = await freshDatabase();
  const store = await openSerialPositions(database.url, BY_HAND + THROUGH_THE_LOG);
  const { delivered } = await follow({ readAfter: (after) => store.readAfter(after, PAGE), append: store.append, wanted, random });
  const stored = await store.stored();
  await store.close();
  await database.drop();
  return { stored: stored.length, ...compare(delivered, stored) };
}

export async function run({ random, amount, tell }) {
  const ours = await runProduct({ random, wanted: amount(10_000, 100_000) });
  tell(`${ours.stored} events, lost ${ours.lost}`);
  const naive = await runNaive({ random: random.fork('naive'), wanted: amount(10_000, 100_000) });
  return {
    engine: 'PostgreSQL',
    runs: ours.stored,
    faults: ours.delayed,
    // Out of order alone would be counted many times after one loss.
    violations: ours.lost + ours.twice + (ours.lost + ours.twice === 0 ? ours.outOfOrder : 0),
    figures: { events: ours.stored, 'commits held open': ours.delayed, lost: ours.lost, 'delivered twice': ours.twice },
    naive: {
      what: `position from a sequence, "position above the last seen": lost ${((100 * naive.lost) / naive.stored).toFixed(1)} %`,
      violations: naive.lost,
      runs: naive.stored,
    },
  };
}
