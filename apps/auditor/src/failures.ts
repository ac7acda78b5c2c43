import { exitCodes, type ExitCode } from './exit-codes';

/** The command was used wrongly: it names something that does not exist, or options that do not go together. Nothing was done. */
export class BadUse extends Error {
  override readonly name = 'BadUse';
}

/** The command is right and is not carried out. Nothing was done. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** What other rooms throw, by name: each message is a sentence for whoever sits at the terminal. */
const known: Readonly<Record<string, ExitCode>> = {
  BadUse: exitCodes.badUse,
  WrongSettings: exitCodes.badUse,
  CannotOpen: exitCodes.badUse,
  NoSuchErasure: exitCodes.badUse,
  ClockGoesBack: exitCodes.refused,
  Refused: exitCodes.refused,
  RebuildUnderWay: exitCodes.refused,
  ForeignMigration: exitCodes.refused,
  AnotherLog: exitCodes.refused,
  StoreNotMigrated: exitCodes.refused,
  StoreNotSafe: exitCodes.refused,
  StoreNotDurable: exitCodes.refused,
  WrongEventStoreUrl: exitCodes.badUse,
  UnsafeKeyFile: exitCodes.refused,
  WrongKeyEncryptionKey: exitCodes.refused,
  ErasuresNotApplied: exitCodes.refused,
  LedgerMissing: exitCodes.refused,
  UnsafeLedger: exitCodes.refused,
  KeysStillCached: exitCodes.refused,
  TargetInUse: exitCodes.refused,
  UnknownEventType: exitCodes.refused,
  UnknownEventVersion: exitCodes.refused,
  UnknownStreamCategory: exitCodes.refused,
  UnreadableEnvelope: exitCodes.broken,
  BrokenStream: exitCodes.broken,
  ForeignRecord: exitCodes.broken,
  SealBroken: exitCodes.broken,
  BackupDamaged: exitCodes.broken,
  LedgerDamaged: exitCodes.broken,
  CopyDiffers: exitCodes.broken,
  CannotStart: exitCodes.unavailable,
  LogUnavailable: exitCodes.unavailable,
  Unanswered: exitCodes.unavailable,
  AuditUnavailable: exitCodes.unavailable,
};

const unreachable: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EPIPE']);
/** SQLSTATE: connection exceptions, wrong password or role, unknown database, the server shuts down or starts up. */
const databaseDown = /^(08|28|3D|53|57P)/;

/** SQLSTATE: a schema or table that the migrations of this version make is not there. */
const notPrepared: ReadonlySet<string> = new Set(['3F000', '42P01', '42703']);

export type Failure = Readonly<{ code: ExitCode; sentence: string }>;

/** What an error means for the shell, and the sentence to print. Messages of drivers may hold values or passwords: only their code is told. */
export function failureOf(error: unknown): Failure {
  const { name, message } = Object(error) as Partial<Error>;
  const code = known[name ?? ''];
  if (code !== undefined) return { code, sentence: message ?? '' };
  const reason = reasonOf(error);
  if (reason !== undefined && notPrepared.has(reason))
    return { code: exitCodes.refused, sentence: `数据库结构不符 schema-mismatch (${reason}): start the service of this version once.` };
  if (
    message === 'fetch failed' ||
    name === 'TimeoutError' ||
    (reason !== undefined && (unreachable.has(reason) || databaseDown.test(reason)))
  )
    return {
      code: exitCodes.unavailable,
      sentence: `依赖服务不可用 a dependency does not answer${reason === undefined ? '' : ` (${reason})`}.`,
    };
  return { code: exitCodes.fault, sentence: `程序故障 fault: ${name ?? 'unknown'}${reason === undefined ? '' : ` (${reason})`}` };
}

/** `fetch` hides the reason in `cause`, a connection that was tried on several addresses in a list of errors. */
function reasonOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause, errors } = error as Readonly<{ code?: unknown; cause?: unknown; errors?: readonly unknown[] }>;
  return typeof code === 'string' ? code : reasonOf(cause ?? errors?.[0]);
}
