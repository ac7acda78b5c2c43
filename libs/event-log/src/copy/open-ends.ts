import type { CopySource, CopyTarget } from './ends';
import { UnknownEngine } from './errors';
import { openPostgresSource, openPostgresTarget } from './postgres-ends';

/** The engine that an address is for. @throws UnknownEngine */
export function engineOf(url: string): 'postgres' | 'eventstoredb' {
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgres';
  if (/^esdb(\+discover)?:\/\//.test(url)) return 'eventstoredb';
  throw new UnknownEngine('the address of a log is like postgres://role:password@host:5432/database or esdb://host:2113?tls=false');
}

/** To read from, with a login that may do that. @throws UnknownEngine, StoreNotMigrated, WrongEventStoreUrl, LogUnavailable */
export async function openCopySource(url: string): Promise<CopySource> {
  return engineOf(url) === 'postgres' ? openPostgresSource(url) : openEventStoreEnd(url);
}

/** To copy into; on PostgreSQL with a login of the owner. @throws as `openCopySource` */
export async function openCopyTarget(url: string): Promise<CopyTarget> {
  return engineOf(url) === 'postgres' ? openPostgresTarget(url) : openEventStoreEnd(url);
}

async function openEventStoreEnd(url: string): Promise<CopyTarget> {
  const ends = await import('./eventstore-ends');
  return ends.openEventStoreEnd(url);
}
