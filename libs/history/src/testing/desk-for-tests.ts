import { randomBytes } from 'node:crypto';
import { openMemoryLog, type EventLog } from '@guitu/event-log';
import { Keyring, KeyEncryptionKey, memoryKeyStore } from '@guitu/personal-data';
import { caseStream, type AgencyId, type AnyStreamKind, type Command, type Directory, type Instant, type Role } from '@guitu/rescue';
import { CommandDesk, type CommandRequest } from '../command-desk';
import { commandId, openedCaseId } from '../command-id';

/** A desk over a memory log and memory keys, with a clock moved by hand. */
export type TestDesk = Readonly<{
  desk: CommandDesk;
  log: EventLog;
  keyring: Keyring;
  setNow: (now: Instant) => void;
  secondDesk: () => CommandDesk;
}>;

export async function openTestDesk(directory: Directory, log: EventLog = openMemoryLog()): Promise<TestDesk> {
  const keyring = await Keyring.open({ store: memoryKeyStore(), keyEncryptionKey: new KeyEncryptionKey(randomBytes(32)) });
  let now: Instant = '2020-10-12T08:40:00+08:00';
  const world = () => ({ now, directory });
  const desk = new CommandDesk({ log, keyring, world });
  return { desk, log, keyring, setNow: (moment) => void (now = moment), secondDesk: () => new CommandDesk({ log, keyring, world }) };
}

export type TestRequest = Readonly<{
  by: AgencyId;
  type: string;
  data: object;
  at: Instant;
  key: string;
  caseId?: string;
  role?: Role;
  expectedVersion?: number;
}>;

/** A request as the HTTP edge makes it: ids from the idempotency key, the text that must be the same when the key comes again. */
export function requestOf({ by, type, data, at, key, caseId, role, expectedVersion }: TestRequest): CommandRequest {
  const id = commandId(by, 'c1', key);
  const command: Command = { type, data, at, by: { agency: by, user: 'u1', client: 'c1', role: role ?? 'staff' } };
  return {
    kind: caseStream as unknown as AnyStreamKind,
    streamId: caseId ?? openedCaseId(id),
    command,
    commandId: id,
    requestText: JSON.stringify({ type, data, at }),
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  };
}
