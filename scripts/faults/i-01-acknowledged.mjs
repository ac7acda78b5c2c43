import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareWithStore, registerStation, startWriters, violationsOf } from './support/case-writers.mjs';
import { openInstallation } from './support/installation.mjs';
import { openKillablePostgres } from './support/killable-postgres.mjs';
import { milliseconds, percentile } from './support/loops.mjs';
import { root } from './support/rooms.mjs';
import { freshDatabase } from './support/shared-server.mjs';
import { storedRows } from './support/stored-rows.mjs';

export const id = 'I-01';
export const title = 'no acknowledged append is lost';
export const promise =
  'What was acknowledged is in the log afterwards, at its place, after kill -9 of the service and of the whole PostgreSQL';

const WRITERS = 16;
const MOST_PAUSE_MS = 10;
const LONGEST_ROUND_MS = 500;
const SHORTEST_ROUND_MS = 20;
/** Of the starts after a kill, this part is killed as well, before it is through. */
const KILLED_AT_START = 0.1;
const LONGEST_START_MS = 1_500;
const naiveMain = path.join(root, 'test/naive/naive-service.mjs');

/**
 * Kills again and again under load, then compares what the clients were told with what lies there. A naive build that lost so much that it goes on
 * no more (its agency is gone, say) has failed already: its kills end there.
 */
async function underKills(installation, { kills, random, killAndRestart, tell, naive = false }) {
  await installation.start();
  await registerStation(installation.url, installation.token);
  const writers = await startWriters(installation.url, { token: installation.token, writers: WRITERS, random, mostPauseMs: MOST_PAUSE_MS });
  let killed = 0;
  let goesOn = true;
  const backAfter = [];
  while (killed < kills) {
    // Every kill meets a service that has acknowledged something since the one before.
    goesOn = await writers.progress().then(
      () => true,
      (error) => {
        if (!naive) throw error;
        return false;
      },
    );
    if (!goesOn) break;
    await sleep(random.whole(SHORTEST_ROUND_MS, LONGEST_ROUND_MS));
    const since = performance.now();
    killed += await killAndRestart();
    backAfter.push(performance.now() - since);
    if (killed % 10 === 0) tell(`${killed} kills, ${writers.acknowledged()} commands acknowledged`);
  }
  const ledger = goesOn ? await writers.stop() : writers.abandon();
  const compared = compareWithStore(ledger, await storedRows(installation.settings));
  await installation.end('SIGTERM');
  return { ledger, killed, backAfter, ...compared };
}

async function killService({ kills, random, tell, installation, naive = false }) {
  const killAndRestart = async () => {
    let killed = 1;
    await installation.end('SIGKILL');
    while (random() < KILLED_AT_START) {
      await installation.startAndKill(random.whole(0, LONGEST_START_MS));
      killed += 1;
    }
    await installation.start();
    return killed;
  };
  try {
    return await underKills(installation, { kills, random, killAndRestart, tell, naive });
  } finally {
    await installation.remove();
  }
}

async function killDatabase({ kills, random, tell, postgres, words }) {
  const database = await freshDatabase(postgres.superuserUrl);
  const environment = { GUITU_POSTGRES_URL: database.url };
  const installation = await openInstallation({ environment, ...(words === undefined ? {} : { main: naiveMain, words }) });
  const killAndRestart = async () => {
    await postgres.killTree();
    await postgres.start();
    return 1;
  };
  try {
    return await underKills(installation, { kills, random, killAndRestart, tell, naive: words !== undefined });
  } finally {
    await installation.remove();
  }
}

function result(what, ours, naive) {
  return {
    what,
    engine: 'PostgreSQL',
    runs: ours.ledger.commands,
    faults: ours.killed,
    violations: violationsOf(ours),
    figures: {
      kills: ours.killed,
      'commands acknowledged': ours.ledger.commands,
      'events acknowledged': ours.ledger.acknowledged.length,
      'tries repeated': ours.ledger.retries,
      lost: ours.lost,
      duplicates: ours.duplicates,
      'back after a kill, p50': milliseconds(percentile(ours.backAfter, 0.5)),
    },
    naive,
  };
}
const naiveOf = (what, { lost, ledger, killed }) => ({ what: `${what}, ${killed} kills`, violations: lost, runs: ledger.commands });

async function underServiceKills({ random, amount, tell }) {
  // Embedded: the database outlives its service and is adopted by the next one.
  const ours = await killService({ kills: amount(1, 200), random, tell, installation: await openInstallation() });
  const environment = { GUITU_POSTGRES_URL: (await freshDatabase()).url };
  const installation = await openInstallation({ main: naiveMain, words: ['acknowledge-first'], environment });
  const naive = await killService({ kills: amount(1, 20), random: random.fork('naive'), tell, installation, naive: true });
  return result('kill -9 of the service', ours, naiveOf('acknowledged before the commit', naive));
}

async function underDatabaseKills({ random, amount, tell }) {
  const postgres = await openKillablePostgres();
  try {
    const ours = await killDatabase({ kills: amount(1, 200), random, tell, postgres });
    const naive = await killDatabase({
      kills: amount(1, 20),
      random: random.fork('naive'),
      tell,
      postgres,
      words: ['asynchronous-commit'],
    });
    return result('kill -9 of the whole PostgreSQL', ours, naiveOf('synchronous_commit = off', naive));
  } finally {
    await postgres.remove();
  }
}

export async function run(context) {
  return [
    await underServiceKills({ ...context, random: context.random.fork('service') }),
    await underDatabaseKills({ ...context, random: context.random.fork('database') }),
  ];
}
