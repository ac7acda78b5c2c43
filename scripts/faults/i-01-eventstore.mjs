import { compareLedger, underServerKills } from './support/eventstore-load.mjs';
import { openEventStoreServer } from './support/eventstore-server.mjs';

export const id = 'I-01';
export const title = 'no acknowledged append is lost';
export const promise = 'What was acknowledged is in the log afterwards, at its place and once, after kill -9 of the server under load';

const what = 'kill -9 of the server';
const engine = 'EventStoreDB';

/** `server` stands in for the one that the environment names. */
export async function run({ random, amount, tell, server: given }) {
  const server = given ?? (await openEventStoreServer());
  if (server.absent !== undefined) return { what, engine, skipped: server.absent };
  try {
    const ours = await underServerKills(server, { kills: amount(2, 60), random, tell });
    const naive = await underServerKills(server, {
      kills: amount(1, 5),
      random: random.fork('naive'),
      tell,
      naive: { acknowledgeFirst: true },
    });
    const { lost, moved, holes, duplicates, unasked } = compareLedger(ours);
    return {
      what,
      engine,
      versions: server.versions,
      runs: ours.ledger.appends,
      faults: ours.kills,
      violations: lost + moved + holes + duplicates + unasked + ours.ledger.conflicts,
      figures: {
        kills: ours.kills,
        'appends acknowledged': ours.ledger.appends,
        'events acknowledged': ours.ledger.acknowledged.length,
        'tries repeated': ours.ledger.retries,
        lost,
        duplicates,
        'recorded and not acknowledged': unasked,
      },
      naive: {
        what: `acknowledged when handed to the client, ${naive.kills} kills`,
        violations: compareLedger(naive).lost,
        runs: naive.ledger.appends,
      },
    };
  } finally {
    if (given === undefined) await server.kill();
  }
}
