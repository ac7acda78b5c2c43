import { UnusableJwks } from '@guitu/access';
import { CannotStart } from '@guitu/embedded-postgres';
import { LogUnavailable, StoreNotDurable, StoreNotMigrated, StoreNotSafe, WrongEventStoreUrl } from '@guitu/event-log';
import { ErasuresNotApplied, LedgerDamaged, LedgerMissing, UnsafeKeyFile, UnsafeLedger, WrongKeyEncryptionKey } from '@guitu/personal-data';
import { AnotherLog, ForeignMigration } from '@guitu/read-models';
import { CannotOpen } from './data-folder';

/** Errors whose own message is a clear sentence for the operator. */
const clear = [
  CannotStart,
  CannotOpen,
  StoreNotDurable,
  StoreNotSafe,
  StoreNotMigrated,
  WrongEventStoreUrl,
  UnsafeKeyFile,
  WrongKeyEncryptionKey,
  ErasuresNotApplied,
  LedgerMissing,
  LedgerDamaged,
  UnsafeLedger,
  UnusableJwks,
  ForeignMigration,
  AnotherLog,
];

/** One sentence that says why the service does not start and what a person can do. Driver errors may hold values, so only their code is told. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return 'Guitu cannot start: unknown reason.';
  const { code } = error as NodeJS.ErrnoException;
  const address = error as Error & { address?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Guitu cannot start: port ${address.port ?? ''} on ${address.address ?? ''} is in use; choose another one with GUITU_PORT.`;
  if (code === 'EACCES')
    return `Guitu cannot start: no permission to listen on port ${address.port ?? ''} or to use a file of the data folder.`;
  if (code === 'ENOSPC') return 'Guitu cannot start: the disk is full.';
  if (code === 'ECONNREFUSED') return 'Guitu cannot start: the configured PostgreSQL does not answer.';
  if (error instanceof LogUnavailable) return `Guitu cannot start: the event log cannot be opened (${error.reason}).`;
  if (clear.some((kind) => error instanceof kind)) return `Guitu cannot start: ${withStop(error.message)}`;
  return `Guitu cannot start: ${error.name}${code === undefined ? '' : ` (${code})`}. Set GUITU_LOG_LEVEL=debug for details.${process.env['GUITU_LOG_LEVEL'] === 'debug' ? `\n${error.stack ?? ''}` : ''}`;
}

const withStop = (sentence: string): string => (sentence.endsWith('.') ? sentence : `${sentence}.`);
