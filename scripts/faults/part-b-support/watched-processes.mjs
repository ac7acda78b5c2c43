// Processes that reach PostgreSQL through a proxy of their own each, so that the server's notes tell which of them has written, and so that one can be
// made to stand still in the middle of what it does.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownChild } from '../support/leftovers.mjs';
import { openProxy } from './statement-proxy.mjs';

const withinMs = 120_000;
const lookMs = 10;

export async function until(met, what) {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    const found = await met();
    if (found) return found;
    await sleep(lookMs);
  }
  throw new Error(`${what} did not come about within ${withinMs / 1_000} s.`);
}

/** Starts `main` with what `settingsFor(url)` gives: `{ words, environment }`. Resolves when it says its first word. */
export async function startWatched(name, { url, main, settingsFor }) {
  const proxy = await openProxy({ url });
  const { words = [], environment = {} } = settingsFor(proxy.url);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([variable]) => !variable.startsWith('GUITU_')));
  const child = spawn(process.execPath, [main, ...words], { env: { ...inherited, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  ownChild(child);
  let complained = '';
  child.stderr.on('data', (text) => (complained = `${complained}${text}`.slice(-4_000)));
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}. ${complained}`)));
  });
  child.removeAllListeners('exit');
  ownChild(child);
  return { name, pid: child.pid, child, proxy, isOwnPort: (port) => proxy.state.ports.has(port), stop: () => stop(child, proxy) };
}

async function stop(child, proxy) {
  const gone = new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve()));
  child.kill('SIGKILL');
  await gone;
  await proxy.close();
}

/** Makes it stand still at one of its next statements: the statement goes out, its answer is not read. */
export function standStillSoon(part, random) {
  const { state } = part.proxy;
  const at = state.statements + random.whole(1, 30);
  return new Promise((resolve) => {
    state.onStatement = () => {
      if (state.statements < at) return;
      state.onStatement = () => undefined;
      part.child.kill('SIGSTOP');
      resolve();
    };
  });
}

/**
 * One round: whoever holds the lease stands still, until another one has taken it and has worked; then it wakes up, and does at least one thing more.
 * `holder()` gives the process id of the holder or undefined; `hasWorked(part)` counts what a part has written.
 */
export async function standStillPastLease(parts, { random, holder, hasWorked }) {
  const held = await until(async () => find(parts, await holder()), 'A holder');
  await standStillSoon(held, random);
  const next = await until(async () => {
    const now = find(parts, await holder());
    return now !== undefined && now !== held ? now : undefined;
  }, 'Another holder');
  const before = await hasWorked(next);
  await until(async () => (await hasWorked(next)) > before, 'The work of another holder');
  const sent = held.proxy.state.statements;
  held.child.kill('SIGCONT');
  await until(() => held.proxy.state.statements > sent, 'The awakening');
}

const find = (parts, pid) => parts.find((part) => part.pid === pid);
