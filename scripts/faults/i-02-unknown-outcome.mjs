import { compareWithStore, registerStation, startWriters, violationsOf } from './support/case-writers.mjs';
import { openCuttingProxy } from './support/cutting-proxy.mjs';
import { openInstallation } from './support/installation.mjs';
import { freshDatabase } from './support/shared-server.mjs';
import { storedRows } from './support/stored-rows.mjs';

export const id = 'I-02';
export const title = 'an unknown outcome ends exactly once';
export const promise = 'A command whose answer was lost, sent again with the same Idempotency-Key, is recorded exactly once';

const WRITERS = 16;
const MOST_PAUSE_MS = 5;
/** Of the requests, this part loses its answer. The short form has fewer requests and cuts more of them. */
const CUT_FULL = 0.025;
const CUT_SHORT = 0.1;

async function throughProxy({ commands, cutPart, random, keyOf }) {
  const database = await freshDatabase();
  const installation = await openInstallation({ environment: { GUITU_POSTGRES_URL: database.url } });
  const proxy = await openCuttingProxy(Number(new URL(installation.url).port), { random: random.fork('cuts'), cutPart });
  try {
    await installation.start();
    await registerStation(installation.url, installation.token);
    const clients = await startWriters(proxy.url, {
      token: installation.token,
      writers: WRITERS,
      random,
      mostPauseMs: MOST_PAUSE_MS,
      commands,
      ...(keyOf === undefined ? {} : { keyOf }),
    });
    const ledger = await clients.finish();
    const compared = compareWithStore(ledger, await storedRows(installation.settings));
    await installation.end('SIGTERM');
    return { ledger, cuts: proxy.cuts(), ...compared };
  } finally {
    await proxy.close();
    await installation.remove();
    await database.drop();
  }
}

export async function run({ random, amount, size }) {
  const cutPart = size === 'short' ? CUT_SHORT : CUT_FULL;
  const ours = await throughProxy({ commands: amount(250, 10_000), cutPart, random });
  const fresh = random.fork('naive keys');
  const naive = await throughProxy({
    commands: amount(200, 2_000),
    cutPart,
    random: random.fork('naive'),
    // Naive: every attempt has a key of its own.
    keyOf: () => fresh.uuid(),
  });
  const { cuts, ledger } = ours;
  return {
    engine: 'PostgreSQL',
    runs: ledger.commands,
    faults: cuts.before + cuts.after,
    violations: violationsOf(ours),
    figures: {
      commands: ledger.commands,
      'cut before the service answered': cuts.before,
      'answer lost': cuts.after,
      'sent again': ledger.retries,
      duplicates: ours.duplicates,
      missing: ours.missing,
    },
    naive: {
      what: `a new id for every attempt, ${naive.cuts.before + naive.cuts.after} cuts`,
      violations: naive.duplicates,
      runs: naive.ledger.commands,
    },
  };
}
