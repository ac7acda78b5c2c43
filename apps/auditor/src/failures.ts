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
  ClockGoesBack: exitCodes.refused,
  Refused: exitCodes.refused,
  RebuildInProgress: exitCodes.refused,
  StoreNotMigrated: exitCodes.refused,
  StoreNotSafe: exitCodes.refused,
  StoreNotDurable: exitCodes.refused,
  UnsafeKeyFile: exitCodes.refused,
  WrongKeyEncryptionKey: exitCodes.refused,
  UnknownEventType: exitCodes.refused,
  UnknownEventVersion: exitCodes.refused,
  UnknownStreamCategory: exitCodes.refused,
  UnreadableEnvelope: exitCodes.broken,
  BrokenStream: exitCodes.broken,
  SealBroken: exitCodes.broken,
  CannotStart: exitCodes.unavailable,
  LogUnavailable: exitCodes.unavailable,
};

const unreachable: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EPIPE']);
/** SQLSTATE: connection exceptions, wrong password or role, unknown database, the server shuts down or starts up. */
const databaseDown = /^(08|28|3D|53|57P)/;

export type Failure = Readonly<{ code: ExitCode; sentence: string }>;

/** What an error means for the shell, and the sentence to print. Messages of drivers may hold values or passwords: only their code is told. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: exitCodes.fault, sentence: 'unknown fault' };
  const code = known[error.name];
  if (code !== undefined) return { code, sentence: error.message };
  const reason = codeOf(error);
  if (reason !== undefined && (unreachable.has(reason) || databaseDown.test(reason)))
    return { code: exitCodes.unavailable, sentence: `依赖服务不可用 a dependency does not answer (${reason}).` };
  if (error.name === 'TimeoutError') return { code: exitCodes.unavailable, sentence: '依赖服务超时 a dependency did not answer in time.' };
  return { code: exitCodes.fault, sentence: `程序故障 fault: ${error.name}${reason === undefined ? '' : ` (${reason})`}` };
}

/** `fetch` hides the reason in `cause`, a double-stack connection in a list of errors. */
function codeOf(error: Error): string | undefined {
  const { code, cause } = error as NodeJS.ErrnoException & { errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  const inner = cause ?? (error as AggregateError).errors?.[0];
  return inner instanceof Error ? codeOf(inner) : undefined;
}
