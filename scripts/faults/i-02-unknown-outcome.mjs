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

async function throughProxy(installation, { commands, cutPart, random, keyOf }) {
  const proxy = await openCuttingProxy(Number(new URL(installation.url).port), { random: random.fork('cuts'), cutPart });
  const before = new Set((await storedRows(installation.settings)).map(({ stream }) => stream));
  try {
    const clients = await startWriters(proxy.url, {
      token: installation.token,
      writers: WRITERS,
      random,
      mostPauseMs: MOST_PAUSE_MS,
      commands,
      ...(keyOf === undefined ? {} : { keyOf }),
    });
    const ledger = await clients.finish();
    const rows = (await storedRows(installation.settings)).filter(({ stream }) => !before.has(stream));
    return { ledger, cuts: proxy.cuts(), ...compareWithStore(ledger, rows) };
  } finally {
    await proxy.close();
  }
}

async function goodAndNaive({ random, amount, cutPart }) {
  const database = await freshDatabase();
  const installation = await openInstallation({ environment: { GUITU_POSTGRES_URL: database.url } });
  try {
    await installation.start();
    await registerStation(installation.url, installation.token);
    const ours = await throughProxy(installation, { commands: amount(250, 10_000), cutPart, random });
    // Naive: every attempt has a key of its own.
    const fresh = random.fork('naive keys');
    const naive = await throughProxy(installation, {
      commands: amount(200, 2_000),
      cutPart,
      random: random.fork('naive'),
      keyOf: () => fresh.uuid(),
    });
    return { ours, naive };
  } finally {
    await installation.remove();
    await database.drop();
  }
}

export async function run({ random, amount, size }) {
  const { ours, naive } = await goodAndNaive({ random, amount, cutPart: size === 'short' ? CUT_SHORT : CUT_FULL });
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
