// Appending into a log of millions against appending into an empty one, on one server.
import { rate, takeTurns } from './log-rounds.mjs';
import { appendTo, PRELOAD, room } from './log-stage.mjs';

const WRITERS = 32;
const CHUNK = 500_000;

export async function measureFullLog(stage, { rounds, roundMs, preload }, print) {
  const full = await stage.openDatabase('preloaded');
  const start = performance.now();
  for (let done = 0; done < preload; done += CHUNK) await full.run(PRELOAD(Math.min(CHUNK, preload - done), done));
  await full.run('vacuum analyze event_log.record', 'checkpoint');
  print(`preload: ${preload.toLocaleString('en-US')} events in ${Math.round((performance.now() - start) / 1_000)} s`);
  const log = await room('event-log').openPostgresLog({ connectionString: full.appUrl });
  try {
    const measured = await takeTurns(rounds, {
      mine: () => rate(WRITERS, roundMs, appendTo(log)),
      empty: () => rateIntoEmpty(stage, roundMs),
    });
    const figures = { mine: measured.median('mine'), yardstick: measured.median('empty'), ratio: measured.ratio('mine', 'empty') };
    print({
      what: `append into ${preload.toLocaleString('en-US')} events, ${WRITERS} writers (appends/s)`,
      against: 'append into an empty log',
      ...figures,
      bar: 0.95,
    });
  } finally {
    await log.close();
    await full.drop();
  }
}

/** A new empty log for every round, on a connection that has been used: the first statements of a session are not what is compared. */
async function rateIntoEmpty(stage, roundMs) {
  const empty = await stage.openDatabase('empty');
  const log = await room('event-log').openPostgresLog({ connectionString: empty.appUrl });
  try {
    await rate(WRITERS, 100, appendTo(log));
    return await rate(WRITERS, roundMs, appendTo(log));
  } finally {
    await log.close();
    await empty.drop();
  }
}
