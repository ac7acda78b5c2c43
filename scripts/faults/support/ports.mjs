import { createServer } from 'node:net';

/** Below the ports that systems lend to outgoing connections: while a server is dead, nobody is given its port by chance. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const MOST_TRIES = 200;

let next = LOWEST + (process.pid % (HIGHEST - LOWEST));

/** A port of this machine that nobody listens on and that stays the same over the restarts of whoever takes it. */
export async function lastingPort() {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    next = next >= HIGHEST ? LOWEST : next + 1;
    if (await isFree(next)) return next;
  }
  throw new Error(`no port between ${LOWEST} and ${HIGHEST} is free`);
}

/** Whether somebody could listen there now. */
export const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
