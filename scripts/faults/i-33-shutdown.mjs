import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareWithStore, registerStation, startWriters, violationsOf } from './support/case-writers.mjs';
import { openInstallation } from './support/installation.mjs';
import { milliseconds, percentile } from './support/loops.mjs';
import { root } from './support/rooms.mjs';
import { freshDatabase } from './support/shared-server.mjs';
import { storedRows } from './support/stored-rows.mjs';

export const id = 'I-33';
export const title = 'shutdown is clean, and kill -9 equally safe';
export const promise =
  'SIGTERM under load finishes what is under way and ends by itself; after it, and after SIGKILL, nothing is lost and nothing doubled';

const WRITERS = 16;
const MOST_PAUSE_MS = 10;
const LONGEST_ROUND_MS = 400;
const naiveMain = path.join(root, 'test/naive/naive-service.mjs');

/** Ends the service under load and starts it again, by these signals in their order. */
async function underEnds(installation, { signals, random, tell }) {
  await installation.start();
  await registerStation(installation.url, installation.token);
  const writers = await startWriters(installation.url, { token: installation.token, writers: WRITERS, random, mostPauseMs: MOST_PAUSE_MS });
  const took = [];
  const unclean = [];
  for (const [done, signal] of signals.entries()) {
    await writers.progress();
    await sleep(random.whole(10, LONGEST_ROUND_MS));
    const { code, tookMs } = await installation.end(signal);
    if (signal === 'SIGTERM') took.push(tookMs);
    // The hard stop of the service itself gives code 1.
    if (signal === 'SIGTERM' && code !== 0) unclean.push(code);
    await installation.start();
    if ((done + 1) % 20 === 0) tell(`${done + 1} ends, ${writers.acknowledged()} commands acknowledged`);
  }
  const ledger = await writers.stop();
  const compared = compareWithStore(ledger, await storedRows(installation.settings));
  await installation.end('SIGTERM');
  return { ledger, took, unclean: unclean.length, ...compared };
}

async function withInstallation(options, work) {
  const database = await freshDatabase();
  const installation = await openInstallation({ ...options, environment: { GUITU_POSTGRES_URL: database.url } });
  try {
    return await work(installation);
  } finally {
    await installation.remove();
    await database.drop();
  }
}

const inTurn = (each) => Array.from({ length: 2 * each }, (_, index) => (index % 2 === 0 ? 'SIGTERM' : 'SIGKILL'));
const terms = (count) => Array.from({ length: count }, () => 'SIGTERM');

export async function run({ random, amount, size, tell }) {
  // The short form leaves SIGKILL to I-01.
  const each = amount(1, 200);
  const signals = size === 'short' ? terms(each) : inTurn(each);
  const ours = await withInstallation({}, (installation) => underEnds(installation, { signals, random, tell }));
  const naive = await withInstallation({ main: naiveMain, words: ['acknowledge-first'] }, (installation) =>
    underEnds(installation, { signals: terms(amount(1, 20)), random: random.fork('naive'), tell }),
  );
  return {
    engine: 'PostgreSQL',
    runs: ours.ledger.commands,
    faults: signals.length,
    violations: violationsOf(ours) + ours.unclean,
    figures: {
      SIGTERM: each,
      SIGKILL: signals.length - each,
      'commands acknowledged': ours.ledger.commands,
      'tries repeated': ours.ledger.retries,
      lost: ours.lost,
      'duplicates after restart': ours.duplicates,
      'ends other than by itself with code 0': ours.unclean,
      'from SIGTERM to the end, p50': milliseconds(percentile(ours.took, 0.5)),
      longest: milliseconds(Math.max(...ours.took)),
    },
    naive: {
      what: `ends at once on SIGTERM, with acknowledged appends still in memory, ${naive.took.length} times`,
      violations: naive.lost,
      runs: naive.ledger.commands,
    },
  };
}
