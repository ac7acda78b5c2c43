import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { disownFolder, killNow, ownFolder } from './leftovers.mjs';
import { isFree, lastingPort } from './ports.mjs';
import { built, room } from './rooms.mjs';

/** The server may keep unflushed what nobody waits for: whoever acknowledges without waiting loses more of it. */
const settings = { wal_writer_delay: '5s' };
const LOOK_AGAIN_MS = 5;

/** A PostgreSQL of one's own: `killTree()` ends the server and all its processes as a loss of power would, `start()` starts it again in its place. */
export async function openKillablePostgres() {
  const { startEmbeddedPostgres } = room('embedded-postgres');
  const { postgresProcessesOf } = built('libs/embedded-postgres/src/processes.js');
  const home = mkdtempSync(path.join(tmpdir(), 'guitu-faults-'));
  ownFolder(home);
  const folder = path.join(home, 'postgres');
  const port = await lastingPort();
  let server = await startEmbeddedPostgres({ folder, port, settings });
  const data = realpathSync(path.join(folder, 'data'));
  const killTree = async () => {
    const pids = postgresProcessesOf(data);
    for (const pid of pids) killNow(pid);
    // A process that was killed keeps its sockets until the system has taken it apart.
    while (postgresProcessesOf(data).length > 0 || !(await isFree(port))) await sleep(LOOK_AGAIN_MS);
    // Gives the folder free; there is no server left to stop.
    await server.stop();
    return pids.length;
  };
  return {
    superuserUrl: server.superuserUrl,
    killTree,
    start: async () => {
      server = await startEmbeddedPostgres({ folder, port, settings });
    },
    remove: async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
      disownFolder(home);
    },
  };
}
