import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { erasureMigrations } from '@guitu/erasure';
import { eventLogMigrations, openDatabase, openPostgresLog, removeSecrets, type Database, type EventLog } from '@guitu/event-log';
import { CommandDesk, derivedId, type CommandAnswer } from '@guitu/history';
import {
  applyErasures,
  checkErasures,
  KeyEncryptionKey,
  Keyring,
  openErasureLedger,
  personalDataMigrations,
  recordErasure,
  sqlBlindIndexErasure,
  sqlKeyLife,
  sqlKeyStore,
  sqlLedgerNote,
  type ErasureEntry,
  type ErasuresApplied,
} from '@guitu/personal-data';
import { migrate } from '@guitu/read-models';
import {
  caseStream,
  privacyStream,
  Refusal,
  type AnyStreamKind,
  type Command,
  type Directory,
  type Instant,
  type Role,
} from '@guitu/rescue';
import { freshDatabase } from '../../../test/support/database-for-tests';
import type { CustodianParts } from './custodian';

/** A log and a key store in PostgreSQL with a ledger beside them, each opened as its role, and a clock moved by hand. */
export type SpecHouse = Readonly<{
  log: EventLog;
  keyring: Keyring;
  superuser: Database;
  superuserUrl: string;
  /** What a custodian of this house works with; keys rest no time. */
  parts: () => CustodianParts;
  ledger: () => Promise<readonly ErasureEntry[]>;
  /** Key store and notes as a restore and `guitu apply-erasures` leave them, where the ledger tells of this erasure and the backup was made before it. */
  applyAfterRestore: (entry: ErasureEntry) => Promise<ErasuresApplied>;
  give: (caseId: string, step: Step) => Promise<CommandAnswer>;
  /** Gives the steps in order; those that the rules refuse are passed over, and their codes told. */
  play: (caseId: string, steps: readonly Step[]) => Promise<readonly string[]>;
  privacy: (caseId: string, type: string, data: object, by?: Readonly<{ agency?: string; user?: string }>) => Promise<CommandAnswer>;
  close: () => Promise<void>;
}>;

/** One thing that somebody asks of a case. */
export type Step = Readonly<{ by: string; now: Instant; type: string; data: object; role?: Role }>;

const station = 'taicang-station';

/** @param directory knows the agencies that the steps name */
export async function specHouse(directory: Directory): Promise<SpecHouse> {
  const fresh = await freshDatabase();
  const { superuserUrl } = fresh;
  await migrate({ url: superuserUrl, steps: [...eventLogMigrations, ...personalDataMigrations, ...erasureMigrations] });
  const superuser = openDatabase({ connectionString: superuserUrl, poolSize: 2 });
  const { logUrl, dropLogin } = await loginForLog(superuser, superuserUrl);
  let now: Instant = '2020-10-12T08:00:00+08:00';
  const log = await openPostgresLog({ connectionString: logUrl, clock: () => new Date(now).toISOString() });
  const [keys, database] = [inRole(superuserUrl, 'guitu_keys'), inRole(superuserUrl, 'guitu_erasure')];
  const keyring = await Keyring.open({
    store: sqlKeyStore(keys),
    keyEncryptionKey: new KeyEncryptionKey(randomBytes(32)),
    limits: { lifetimeMs: 1 },
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'guitu-ledger-'));
  const ledgerPath = path.join(folder, 'ledger.jsonl');
  await checkErasures(sqlLedgerNote(keys), ledgerPath);
  const world = () => ({ now, directory });
  const desk = new CommandDesk({ log, keyring, world });
  let given = 0;
  const ask = (kind: unknown, streamId: string, command: Command): Promise<CommandAnswer> => {
    given += 1;
    return desk.give({ kind: kind as AnyStreamKind, streamId, command, commandId: derivedId('spec', String(given)), requestText: 'spec' });
  };
  const give = (caseId: string, { by, now: at, type, data, role }: Step): Promise<CommandAnswer> => {
    now = at;
    return ask(caseStream, caseId, { type, data, by: { agency: by, user: 'u1', client: 'c1', role: role ?? 'staff' }, at });
  };
  return {
    ...{ log, keyring, superuser, superuserUrl, give },
    parts: () => ({
      ...{ log, keyring, database, world, waitMs: 0 },
      desk: new CommandDesk({ log, keyring, world }),
      recordInLedger: (entry) => recordErasure(database, ledgerPath, entry),
      removeSecrets: (stream, digests) => removeSecrets(database, stream, digests),
    }),
    ledger: () => entriesOf(ledgerPath),
    applyAfterRestore: (entry) => applyAfterRestore({ superuser, database, ledgerPath }, entry),
    play: async (caseId, steps) => {
      const codes: string[] = [];
      for (const step of steps)
        await give(caseId, step).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          codes.push(`${step.type} ${error.code}`);
        });
      return codes;
    },
    privacy: (caseId, type, data, { agency = station, user = 'u1' } = {}) =>
      ask(privacyStream, caseId, { type, data, by: { agency, user, client: 'c1', role: 'staff' }, at: now }),
    close: async () => {
      await log.close();
      for (const one of [keys, database]) await one.close();
      await dropLogin();
      await superuser.close();
      await fresh.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Restored = Readonly<{ superuser: Database; database: Database; ledgerPath: string }>;

async function applyAfterRestore({ superuser, database: store, ledgerPath }: Restored, entry: ErasureEntry): Promise<ErasuresApplied> {
  await (await openErasureLedger(ledgerPath)).append(entry);
  await superuser.query('delete from erasure.under_way; delete from erasure.checkpoint');
  const [note, life, index] = [sqlLedgerNote(store), sqlKeyLife(store), sqlBlindIndexErasure(store)];
  // The log that is restored has its ciphertexts back: the custodian takes them out.
  return applyErasures({ note, store, life, index, ledgerPath, emptyCiphertexts: () => Promise.resolve(0) });
}

async function entriesOf(ledgerPath: string): Promise<readonly ErasureEntry[]> {
  const found: ErasureEntry[] = [];
  for await (const entry of (await openErasureLedger(ledgerPath)).entries()) found.push(entry);
  return found;
}

async function loginForLog(
  superuser: Database,
  superuserUrl: string,
): Promise<Readonly<{ logUrl: string; dropLogin: () => Promise<unknown> }>> {
  const login = `login_${randomBytes(6).toString('hex')}`;
  await superuser.query(`create role ${login} login password '${login}'; grant guitu_log to ${login}`);
  const url = new URL(superuserUrl);
  [url.username, url.password] = [login, login];
  return { logUrl: url.toString(), dropLogin: () => superuser.query(`drop owned by ${login} cascade; drop role ${login}`) };
}

/** A login that acts as one of our roles and may do no more than it. */
function inRole(superuserUrl: string, role: string): Database {
  const url = new URL(superuserUrl);
  url.searchParams.set('options', `-c role=${role}`);
  return openDatabase({ connectionString: url.toString(), poolSize: 3 });
}

/** A person who asks a station for help and names relatives: two events with values of four classes. */
export const canary = { name: '金丝雀', idNumber: '341126198503120317', phone: '13912345678' } as const;
export const toBeErased: readonly Step[] = [
  {
    ...{ by: station, now: '2020-10-12T09:00:00+08:00', type: 'RegisterHelpRequest' },
    data: {
      ...{ arrivalMode: 'SELF', causes: ['LOST'], assistanceStatus: 'UNKNOWN' },
      claims: { name: canary.name, idNumber: canary.idNumber },
      relatives: [{ name: '金母', relation: 'PARENT', phone: canary.phone }],
    },
  },
  {
    by: station,
    now: '2020-10-12T09:10:00+08:00',
    type: 'ClaimIdentity',
    data: { name: canary.name, home: '安徽省凤阳县', source: 'SELF' },
  },
];

export const allClasses = ['identity', 'contact', 'health', 'minor', 'narrative'] as const;

/** Two people of the station decide and confirm that everything about the person and the relatives goes. */
export async function confirmErasure(house: SpecHouse, caseId: string, changes: object = {}): Promise<void> {
  const ground = { reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' };
  await house.privacy(caseId, 'DecideErasure', {
    erasureId: 'e1',
    persons: ['person', 'relative'],
    classes: allClasses,
    ...ground,
    ...changes,
  });
  await house.privacy(
    caseId,
    'ConfirmErasure',
    { erasureId: 'e1', ...('erasureId' in changes ? { erasureId: changes.erasureId } : {}) },
    { user: 'u2' },
  );
}
