import { compareReader, underServerKills } from './support/eventstore-load.mjs';
import { openEventStoreServer } from './support/eventstore-server.mjs';

export const id = 'I-05';
export const title = 'a reader misses nothing';
export const promise = 'A reader that goes on from its last position after every kill -9 of the server is given every event once, in order';

const what = 'a reader that resumes';
const engine = 'EventStoreDB';

/** `server` stands in for the one that the environment names. */
export async function run({ random, amount, tell, server: given }) {
  const server = given ?? (await openEventStoreServer());
  if (server.absent !== undefined) return { what, engine, skipped: server.absent };
  try {
    const ours = await underServerKills(server, { kills: amount(2, 40), random, tell });
    const naive = await underServerKills(server, { kills: amount(2, 5), random: random.fork('naive'), tell, naive: { fromNow: true } });
    const { missed, vanished, twice, outOfOrder } = compareReader(ours);
    return {
      what,
      engine,
      versions: server.versions,
      runs: ours.stored.length,
      faults: ours.kills,
      violations: missed + vanished + twice + outOfOrder,
      figures: { kills: ours.kills, events: ours.stored.length, resumes: ours.resumes, missed, 'delivered twice': twice },
      naive: {
        what: `goes on from the end after a lost connection, ${naive.kills} kills`,
        violations: compareReader(naive).missed,
        runs: naive.stored.length,
      },
    };
  } finally {
    if (given === undefined) await server.kill();
  }
}
