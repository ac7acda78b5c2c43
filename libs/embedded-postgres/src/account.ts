import { execFileSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { CannotStart } from './cannot-start';

/** The account that the server runs under. PostgreSQL refuses to run as root, so root lends it another one. */
export type Account = Readonly<{ kind: 'own' } | { kind: 'lent'; uid: number; gid: number }>;

const lentAccounts = ['postgres', 'nobody'] as const;

export function chooseAccount(dataDirectory: string): Account {
  if (process.getuid?.() !== 0) return { kind: 'own' };
  return ownerOf(dataDirectory) ?? lentAccount();
}

function ownerOf(directory: string): Account | undefined {
  const stat = statSync(directory, { throwIfNoEntry: false });
  return stat && stat.uid !== 0 ? { kind: 'lent', uid: stat.uid, gid: stat.gid } : undefined;
}

function lentAccount(): Account {
  for (const name of lentAccounts) {
    const uid = numberOf('-u', name);
    const gid = numberOf('-g', name);
    if (uid && gid) return { kind: 'lent', uid, gid };
  }
  throw new CannotStart('broken', 'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor a user "nobody".');
}

function numberOf(flag: '-u' | '-g', name: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }));
  } catch {
    return undefined;
  }
}

export function giveTo(account: Account, path: string): void {
  if (account.kind === 'lent') chownSync(path, account.uid, account.gid);
}

export const spawnAs = (account: Account): { uid?: number; gid?: number } =>
  account.kind === 'lent' ? { uid: account.uid, gid: account.gid } : {};
