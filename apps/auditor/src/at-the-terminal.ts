import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { DisclosureGate, type Purpose, type Reader } from '@guitu/disclosure';
import type { EventLog } from '@guitu/event-log';
import { AuditTrail } from '@guitu/history';
import type { Keyring } from '@guitu/personal-data';
import type { Actor, Directory } from '@guitu/rescue';
import { instantInChina } from '@guitu/standards';

/** What stands as agency in the records of whoever opens values with the key file of a data folder. */
export const terminalAgency = 'guitu-terminal';

/** Who sits at the terminal, as the machine knows them; no token says it. */
function actorAtTheTerminal(): Actor {
  return { agency: terminalAgency, user: accountName(), client: 'guitu', role: 'auditor' };
}

/** In a container the number of the user may have no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}

export type TerminalGate = Readonly<{ gate: Pick<DisclosureGate, 'open'>; reader: Reader }>;

/** The gate of the service, for a command beside it: the record of the reading goes into the log before anything is shown. */
export function gateAtTheTerminal(
  { log, keyring, directory }: Readonly<{ log: EventLog; keyring: Keyring; directory: Directory }>,
  purpose: Purpose,
): TerminalGate {
  const world = () => ({ now: instantInChina(Date.now()), directory });
  const gate = new DisclosureGate({ log, keyring, trail: new AuditTrail({ log, keyring, world }) });
  return { gate, reader: { by: actorAtTheTerminal(), purpose, requestId: randomUUID(), rule: 'key-file' } };
}
