// Whatever way the run ends, no process of it goes on: services and database servers that are still there are killed.
import { existsSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { built } from './rooms.mjs';

/** Child and the id to kill: that of its group, where it has one of its own. */
const children = new Map();
const folders = new Set();

/** This child is ours until it ends by itself. `group`: it leads a group of processes, and all of them are. */
export function ownChild(child, { group = false } = {}) {
  children.set(child, group ? -child.pid : child.pid);
  child.once('exit', () => children.delete(child));
}

/** This temporary folder may hold an embedded database in `postgres` or `data/postgres`; `disownFolder` once it was removed. */
export const ownFolder = (folder) => folders.add(folder);
export const disownFolder = (folder) => folders.delete(folder);

/** A process that ended meanwhile needs no signal. */
export function killNow(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function killLeftovers() {
  for (const pid of children.values()) killNow(pid);
  const { postgresProcessesOf } = built('libs/embedded-postgres/src/processes.js');
  for (const folder of folders) {
    for (const place of ['postgres/data', 'data/postgres/data'].map((below) => path.join(folder, below)))
      if (existsSync(place)) for (const pid of postgresProcessesOf(realpathSync(place))) killNow(pid);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

process.on('exit', killLeftovers);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
