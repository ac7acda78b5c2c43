// Two processes that append against one; a follower in a third one watches the order meanwhile.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { takeTurns } from './log-rounds.mjs';
import { room } from './log-stage.mjs';

const WRITERS = 32;
const PAGE = 1_000;

export async function measureProcesses(stage, { rounds, roundMs }, print) {
  const database = await stage.openDatabase('processes');
  const log = await room('event-log').openPostgresLog({ connectionString: database.appUrl });
  const follower = follow(log);
  const [one, two] = [await startWriter(database.appUrl), await startWriter(database.appUrl)];
  try {
    const measured = await takeTurns(rounds, {
      mine: async () => (await Promise.all([one.round(roundMs), two.round(roundMs)])).reduce((sum, value) => sum + value, 0),
      one: () => one.round(roundMs),
    });
    await Promise.all([one.stop(), two.stop()]);
    const seen = await follower.stop();
    const what = `append, two processes with ${WRITERS} writers each (appends/s)`;
    const figures = { mine: measured.median('mine'), yardstick: measured.median('one'), ratio: measured.ratio('mine', 'one') };
    print({ what, against: `one process with ${WRITERS} writers`, ...figures, bar: 0.8 });
    print(
      `order: a follower saw ${seen} events of the two processes, positions rising without a hole, versions without a hole in every stream`,
    );
  } finally {
    one.kill();
    two.kill();
    await log.close();
    await database.drop();
  }
}

async function startWriter(url) {
  const child = fork(path.join(import.meta.dirname, 'log-writer.mjs'), [url, String(WRITERS)]);
  const answer = async () => {
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`a writer of the bench ended with ${code}`))),
    ]);
    return message;
  };
  await answer();
  const round = async (roundMs) => {
    child.send({ roundMs });
    return (await answer()).rate;
  };
  const stop = async () => {
    child.send({});
    await once(child, 'exit');
  };
  return { round, stop, kill: () => child.kill('SIGKILL') };
}

/** Reads on while the others write. Fails on the first event that is not the next one of the log and of its stream. */
function follow(log) {
  const versions = new Map();
  let last = 0n;
  let stopping = false;
  const check = ({ position, stream, version }) => {
    if (position !== last + 1n) throw new Error(`position ${position} was seen after ${last}`);
    if (version !== (versions.get(stream) ?? 0) + 1)
      throw new Error(`version ${version} of ${stream} was seen after ${versions.get(stream) ?? 0}`);
    versions.set(stream, version);
    last = position;
  };
  const reading = (async () => {
    for (;;) {
      const all = stopping;
      const page = await log.readAll(last, PAGE);
      page.forEach(check);
      if (page.length === 0 && all) return last;
      if (page.length < PAGE) await turn();
    }
  })();
  reading.catch(() => undefined);
  const stop = () => {
    stopping = true;
    return reading;
  };
  return { stop };
}
