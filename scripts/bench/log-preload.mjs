// Appending into a log of millions against appending into an empty one, on one server.
import { rate, takeTurns } from './log-rounds.mjs';
import { appendTo, pg, PRELOAD, room } from './log-stage.mjs';

const WRITERS = 32;
const CHUNK = 500_000;
const WARM_UP_MS = 200;
const UNIQUE = `select string_agg(format('drop constraint %I', conname), ', ') as gone, string_agg(format('add constraint %I %s', conname, pg_get_constraintdef(oid)), ', ') as back
  from pg_constraint where conrelid = 'event_log.record'::regclass and contype in ('p', 'u')`;

export async function measureFullLog(stage, { rounds, roundMs, preload }, print) {
  const full = await stage.openDatabase('preloaded');
  const start = performance.now();
  await fill(full, preload);
  print(`preload: ${preload.toLocaleString('en-US')} events in ${Math.round((performance.now() - start) / 1_000)} s`);
  const log = await room('event-log').openPostgresLog({ connectionString: full.appUrl });
  // All of them now: to drop a database makes a checkpoint, after which every page of the full log would be written whole once more.
  const empties = [];
  for (let round = 0; round <= rounds; round += 1) empties.push(await stage.openDatabase(`empty_${round}`));
  const unused = [...empties];
  const written = { mine: [], empty: [] };
  try {
    const measured = await takeTurns(rounds, {
      mine: () => countingPages(full, written.mine, () => rate(WRITERS, roundMs, appendTo(log))),
      empty: () => countingPages(full, written.empty, () => rateIntoEmpty(unused.pop(), roundMs)),
    });
    const figures = { mine: measured.median('mine'), yardstick: measured.median('empty'), ratio: measured.ratio('mine', 'empty') };
    const what = `append into ${preload.toLocaleString('en-US')} events, ${WRITERS} writers (appends/s)`;
    print({ what, against: 'append into an empty log', ...figures, bar: 0.95 });
    const pages = (name) => (written[name].reduce((sum, value) => sum + value, 0) / written[name].length).toFixed(2);
    print(`whole pages written to the write-ahead log per append: ${pages('mine')} into the full log, ${pages('empty')} into an empty one`);
  } finally {
    await log.close();
    for (const database of [full, ...empties]) await database.drop();
  }
}

/** Without its unique indexes, which are made again at the end: one sorted build instead of millions of places. */
async function fill(database, events) {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    const { gone, back } = (await client.query(UNIQUE)).rows[0];
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'; alter table event_log.record ${gone}`);
    for (let done = 0; done < events; done += CHUNK) await client.query(PRELOAD(Math.min(CHUNK, events - done), done));
    await client.query(`alter table event_log.record ${back}`);
    await client.query('vacuum analyze event_log.record');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** A new empty log for every round, on a connection that has been used: the first statements of a session are not what is compared. */
async function rateIntoEmpty(database, roundMs) {
  const log = await room('event-log').openPostgresLog({ connectionString: database.appUrl });
  try {
    await rate(WRITERS, WARM_UP_MS, appendTo(log));
    return await rate(WRITERS, roundMs, appendTo(log));
  } finally {
    await log.close();
  }
}

/** Notes how many whole pages an event of this round cost: what a page costs when it is touched first after a checkpoint. */
async function countingPages(database, notes, work) {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const read = async () => Number((await client.query('select wal_fpi from pg_stat_wal')).rows[0].wal_fpi);
  try {
    const before = await read();
    const start = performance.now();
    const perSecond = await work();
    notes.push(((await read()) - before) / ((perSecond * (performance.now() - start)) / 1_000));
    return perSecond;
  } finally {
    await client.end();
  }
}
