import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openXminHorizon } from '../../test/naive/xmin-horizon.mjs';
import { milliseconds, pause, percentile, poll, writers } from './support/loops.mjs';
import { recordOf } from './support/records.mjs';
import { room } from './support/rooms.mjs';
import { freshDatabase, freshLogDatabase } from './support/shared-server.mjs';

export const id = 'I-06';
export const title = 'foreign transactions hide nothing';
export const promise =
  'Write transactions that others hold open, in the same or another database of the server, do not hide new events from readers';

const WRITERS = 8;
const FOREIGN_PER_DATABASE = 3;
const MOST_PAUSE_MS = 40;
const PAGE = 1_000;
/** How long, with the foreign transactions still open, a reader may take to be given the last events. */
const CATCH_UP_MS = 5_000;

/** Transactions that have written and do not end. */
async function holdOpen(urls) {
  const clients = [];
  for (const connectionString of urls) {
    for (let number = 1; number <= FOREIGN_PER_DATABASE; number += 1) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      if (number === 1) await client.query('create table foreign_work (note text)');
      await client.query('begin');
      await client.query('insert into foreign_work values ($1)', ['never finished']);
      clients.push(client);
    }
  }
  const end = async () => {
    for (const client of clients) {
      await client.query('rollback');
      await client.end();
    }
  };
  return { held: clients.length, end };
}

/** Appends and reads for as long as the hold lasts. `hidden`: acknowledged and, with the hold still on, not given to the reader. */
async function underHold({ append, readAfter, urls, holdMs, catchUpMs, random }) {
  const foreign = await holdOpen(urls);
  const waits = [];
  const acknowledgedAt = new Map();
  const deliveredAt = new Map();
  const reader = poll(readAfter, (record) => deliveredAt.set(record.id, performance.now()));
  const until = performance.now() + holdMs;
  await writers(WRITERS, async () => {
    if (performance.now() > until) return false;
    const eventId = random.uuid();
    await append(eventId);
    acknowledgedAt.set(eventId, performance.now());
    await pause(random, MOST_PAUSE_MS);
    return true;
  });
  const caughtUpUntil = performance.now() + catchUpMs;
  while (deliveredAt.size < acknowledgedAt.size && performance.now() < caughtUpUntil) await sleep(10);
  const hidden = acknowledgedAt.size - deliveredAt.size;
  for (const [eventId, at] of deliveredAt) waits.push(Math.max(0, at - (acknowledgedAt.get(eventId) ?? at)));
  await foreign.end();
  await reader.stop();
  return { appended: acknowledgedAt.size, hidden, afterwards: acknowledgedAt.size - deliveredAt.size, waits, held: foreign.held };
}

export async function run({ random, amount, tell }) {
  const [database, other] = [await freshLogDatabase(), await freshDatabase()];
  const log = await room('event-log').openPostgresLog({ connectionString: database.appUrl });
  const append = (eventId) => log.append(`held-${eventId}`, 0, [recordOf(eventId)]);
  const readAfter = (after) => log.readAll(after, PAGE);
  const holdMs = amount(1_500, 60_000);
  const ours = await underHold({ append, readAfter, urls: [database.superuserUrl, other.url], holdMs, catchUpMs: CATCH_UP_MS, random });
  await log.close();
  await database.drop();
  tell(`${ours.appended} events under hold, hidden ${ours.hidden}`);

  const plain = await freshDatabase();
  const store = await openXminHorizon(plain.url);
  const naive = await underHold({ ...store, urls: [plain.url], holdMs: 1_000, catchUpMs: 500, random: random.fork('naive') });
  await store.close();
  await plain.drop();
  await other.drop();
  return {
    engine: 'PostgreSQL',
    runs: ours.appended,
    faults: ours.held,
    violations: ours.hidden + ours.afterwards,
    figures: {
      'events appended during the hold': ours.appended,
      'hold in seconds': holdMs / 1_000,
      'foreign transactions open': ours.held,
      'from acknowledgement to reader, p50': milliseconds(percentile(ours.waits, 0.5)),
      p99: milliseconds(percentile(ours.waits, 0.99)),
      longest: milliseconds(Math.max(...ours.waits)),
    },
    naive: { what: 'a reader up to the oldest open transaction (xmin horizon)', violations: naive.hidden, runs: naive.appended },
  };
}
