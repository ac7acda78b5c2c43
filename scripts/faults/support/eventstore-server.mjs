import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventStoreClientVersion } from './versions.mjs';
import { ownChild } from './leftovers.mjs';
import { room } from './rooms.mjs';

const START_WITHIN_MS = 120_000;
const TRY_EVERY_MS = 100;
const PROBE_WITHIN_MS = 5_000;

/**
 * An EventStoreDB that this run starts and kills: GUITU_TEST_EVENTSTORE_COMMAND starts it in the foreground, on a data folder that it finds again,
 * and GUITU_TEST_EVENTSTORE is its address. `{ absent: 'why' }` where these are not set.
 */
export async function openEventStoreServer() {
  const { GUITU_TEST_EVENTSTORE: url, GUITU_TEST_EVENTSTORE_COMMAND: command } = process.env;
  if (!url) return { absent: 'no server, GUITU_TEST_EVENTSTORE names none' };
  if (!command) return { absent: 'GUITU_TEST_EVENTSTORE_COMMAND does not say how the server is started after a kill' };
  if (await answers(url)) return { absent: 'a server runs at this address already, and only one that was started here is killed' };
  let child;
  const start = async () => {
    // A group of its own, so that a kill meets whatever the command has started.
    child = spawn('sh', ['-c', command], { detached: true, stdio: 'ignore' });
    ownChild(child, { group: true });
    for (const until = performance.now() + START_WITHIN_MS; !(await answers(url)); await sleep(TRY_EVERY_MS)) {
      if (child.exitCode !== null) throw new Error(`the command that starts EventStoreDB ended with ${child.exitCode}`);
      if (performance.now() > until) throw new Error('EventStoreDB does not answer in time');
    }
  };
  const kill = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  };
  await start();
  return { url, start, kill, versions: { eventStoreServer: await serverVersion(url), eventStoreClient: eventStoreClientVersion() } };
}

async function answers(connectionString) {
  try {
    const log = await room('event-log').openEventStoreLog({ connectionString, deadlineMs: PROBE_WITHIN_MS });
    await log.close();
    return true;
  } catch {
    return false;
  }
}

/** As the server itself tells over HTTP. */
async function serverVersion(connectionString) {
  const [, host] = /@?([^/@?,]+:\d+)/.exec(connectionString.replace(/^esdb(\+discover)?:\/\//, '')) ?? [];
  const scheme = connectionString.includes('tls=false') ? 'http' : 'https';
  try {
    return (await (await fetch(`${scheme}://${host}/info`)).json()).esVersion;
  } catch {
    return 'of unknown version';
  }
}
