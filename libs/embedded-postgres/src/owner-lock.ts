import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart } from './cannot-start';
import { startOf } from './processes';

const lockName = /^owner-.*\.lock$/;
const attempts = 3;
const pauseMs = 60;

/**
 * One process at a time owns a folder. Every claimant first leaves its own claim and then looks at the others: a claim of a process that no
 * longer runs is cleared away, a living one wins. Two that come at the same moment both step back and try again, so never do two own it.
 * @returns gives the folder free
 * @throws CannotStart second-instance
 */
export async function takeOwnership(folder: string): Promise<() => void> {
  for (let attempt = 1; ; attempt += 1) {
    const claim = `owner-${process.pid}-${randomBytes(6).toString('hex')}.lock`;
    const release = () => rmSync(join(folder, claim), { force: true });
    writeFileSync(join(folder, claim), `${process.pid} ${startOf(process.pid) ?? ''}`, { mode: 0o600, flag: 'wx' });
    const other = findLivingOwner(folder, claim);
    if (other === undefined) return release;
    release();
    if (attempt === attempts) {
      throw new CannotStart('second-instance', `Process ${other} already works with ${folder}. Stop it first, or name another folder.`);
    }
    await sleep(pauseMs * (1 + Math.random()));
  }
}

function findLivingOwner(folder: string, own: string): number | undefined {
  for (const name of readdirSync(folder)) {
    if (!lockName.test(name) || name === own) continue;
    const owner = livingOwner(join(folder, name));
    if (owner !== undefined) return owner;
    rmSync(join(folder, name), { force: true });
  }
  return undefined;
}

/** A process id alone proves nothing: after a restart of the machine it may be anybody's. */
function livingOwner(path: string): number | undefined {
  let pid: number;
  let start: string;
  try {
    const text = readFileSync(path, 'utf8');
    pid = Number.parseInt(text, 10);
    start = text.slice(text.indexOf(' ') + 1);
  } catch {
    return undefined; // released while we looked
  }
  if (!Number.isInteger(pid)) return pidOfName(path);
  return startOf(pid) === start ? pid : undefined;
}

/** A claim that is just being written is still empty; its name already says whose it is. */
function pidOfName(path: string): number | undefined {
  const pid = Number(/owner-(\d+)-/.exec(path)?.[1]);
  return startOf(pid) === undefined ? undefined : pid;
}
