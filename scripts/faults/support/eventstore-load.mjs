import { setTimeout as sleep } from 'node:timers/promises';
import { pause } from './loops.mjs';
import { recordOf } from './records.mjs';
import { room } from './rooms.mjs';

const WRITERS = 16;
const MOST_RECORDS = 4;
const APPENDS_PER_STREAM = 40;
const MOST_PAUSE_MS = 10;
const RETRY_AFTER_MS = 50;
const GIVE_UP_AFTER_MS = 180_000;
const PAGE = 500;

/** Whatever else a log throws is a fault of ours. */
const mayComeBack = (error) => ['OutcomeUnknown', 'LogUnavailable'].includes(error.name);

/**
 * 16 writers that send every append until it is acknowledged. `acknowledgeFirst`: a naive build, which notes an append as done when it was handed
 * to the client, and does not look at what becomes of it.
 */
export function startLogWriters(log, { random, acknowledgeFirst = false }) {
  const ledger = { acknowledged: [], appends: 0, retries: 0, conflicts: 0 };
  let stopping = false;
  async function append(stream, version, records) {
    const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
    for (;;) {
      try {
        return await log.append(stream, version, records);
      } catch (error) {
        if (error.name === 'VersionConflict') return void (ledger.conflicts += 1);
        if (!mayComeBack(error) || performance.now() > giveUpAt) throw error;
        ledger.retries += 1;
        await sleep(RETRY_AFTER_MS);
      }
    }
  }
  async function work(mine) {
    while (!stopping) {
      const stream = `faults-${mine.uuid()}`;
      let version = 0;
      for (let left = APPENDS_PER_STREAM; left > 0 && !stopping; left -= 1) {
        const records = Array.from({ length: mine.whole(1, MOST_RECORDS) }, () => recordOf(mine.uuid()));
        const from = version;
        version += records.length;
        if (acknowledgeFirst) log.append(stream, from, records).catch(() => undefined);
        else if ((await append(stream, from, records)) === undefined) break;
        ledger.appends += 1;
        records.forEach(({ id }, index) => ledger.acknowledged.push({ id, stream, version: from + index + 1 }));
        await pause(mine, MOST_PAUSE_MS);
      }
    }
  }
  const done = Promise.all(Array.from({ length: WRITERS }, (_, writer) => work(random.fork('writer', writer))));
  done.catch(() => undefined);
  return {
    appends: () => ledger.appends,
    stop: async () => {
      stopping = true;
      await done;
      return ledger;
    },
  };
}

/** Reads on from the last position it was given, through every loss of the server. `fromNow`: a naive build, which goes on from the end. */
export function startReader(log, { after: begin, fromNow = false }) {
  const delivered = [];
  let after = begin;
  let [lostServer, ends, resumes] = [false, false, 0];
  const next = async () => {
    if (lostServer && fromNow) after = await log.head();
    const page = await log.readAll(after, PAGE);
    if (lostServer) resumes += 1;
    lostServer = false;
    return page;
  };
  const done = (async () => {
    for (;;) {
      const last = ends;
      try {
        const page = await next();
        delivered.push(...page);
        after = page.at(-1)?.position ?? after;
        if (page.length === 0 && last) return;
        if (page.length === 0) await sleep(1);
      } catch (error) {
        if (!mayComeBack(error)) throw error;
        lostServer = true;
        await sleep(RETRY_AFTER_MS);
      }
    }
  })();
  done.catch(() => undefined);
  return {
    delivered: () => delivered.length,
    stop: async () => {
      ends = true;
      await done;
      return { delivered, resumes };
    },
  };
}

/** Kills the server again and again under writers and a reader, then reads everything once more with a fresh client. */
export async function underServerKills(server, { kills, random, tell, naive = {} }) {
  const { openEventStoreLog } = room('event-log');
  const open = () => openEventStoreLog({ connectionString: server.url });
  const [writing, reading] = [await open(), await open()];
  const begin = await reading.head();
  const writers = startLogWriters(writing, { random, acknowledgeFirst: naive.acknowledgeFirst });
  const reader = startReader(reading, { after: begin, fromNow: naive.fromNow });
  for (let killed = 1; killed <= kills; killed += 1) {
    await progress([writers.appends, reader.delivered]);
    await sleep(random.whole(20, 600));
    await server.kill();
    await server.start();
    if (killed % 10 === 0) tell(`${killed} kills, ${writers.appends()} appends acknowledged`);
  }
  const ledger = await writers.stop();
  const read = await reader.stop();
  await Promise.all([writing.close(), reading.close()]);
  return { ledger, ...read, kills, stored: await readFrom(await open(), begin) };
}

/** Every kill meets writers and a reader that came further since the one before. */
async function progress(counters) {
  const before = counters.map((counter) => counter());
  for (
    const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
    counters.some((counter, index) => counter() === before[index]);
    await sleep(5)
  )
    if (performance.now() > giveUpAt) throw new Error('nothing is appended or read any more');
}

async function readFrom(log, begin) {
  const stored = [];
  for (let after = begin; ;) {
    const page = await log.readAll(after, PAGE);
    if (page.length === 0) break;
    stored.push(...page);
    after = page.at(-1).position;
  }
  await log.close();
  return stored;
}

/** Acknowledged records that are not there or elsewhere, records that nobody was told of or that lie there twice, versions with a hole. */
export function compareLedger({ ledger, stored }) {
  const places = new Map(stored.map(({ id, stream, version }) => [id, `${stream} ${version}`]));
  const lost = ledger.acknowledged.filter(({ id }) => !places.has(id)).length;
  const moved = ledger.acknowledged.filter(({ id, stream, version }) => places.has(id) && places.get(id) !== `${stream} ${version}`).length;
  const last = new Map();
  let holes = 0;
  for (const { stream, version } of stored) {
    if (version !== (last.get(stream) ?? 0) + 1) holes += 1;
    last.set(stream, version);
  }
  return { lost, moved, holes, duplicates: stored.length - places.size, unasked: places.size - (ledger.acknowledged.length - lost) };
}

/** Records that the reader was never given, was given twice, or was given although they do not lie there. */
export function compareReader({ delivered, stored }) {
  const given = new Set(delivered.map(({ id }) => id));
  const there = new Set(stored.map(({ id }) => id));
  const missed = stored.filter(({ id }) => !given.has(id)).length;
  const vanished = delivered.filter(({ id }) => !there.has(id)).length;
  const twice = delivered.length - given.size;
  const outOfOrder = missed + twice + vanished > 0 ? 0 : delivered.filter(({ id }, index) => stored[index].id !== id).length;
  return { missed, vanished, twice, outOfOrder };
}
