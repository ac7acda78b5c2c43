import { openEventStoreLog, openPostgresLog, type EventLog } from '@guitu/event-log';
import type { LogIdentity } from '@guitu/read-models';
import type { Settings } from './settings';

export type ChosenLog = Readonly<{
  /** A login of the role `guitu_log`; asked for only where the log lies in PostgreSQL. */
  postgresUrl: () => string;
  /** A clock moved by hand, for sandboxes. */
  clock?: () => string;
}>;

/** The branch that knows which engine keeps the history. @throws what the engine's adapter throws when it cannot be opened */
export function openChosenLog({ eventLog, eventstoreUrl }: Settings, { postgresUrl, clock }: ChosenLog): Promise<EventLog> {
  const stamped = clock === undefined ? {} : { clock };
  switch (eventLog) {
    case 'postgres':
      return openPostgresLog({ connectionString: postgresUrl(), ...stamped });
    case 'eventstoredb':
      return openEventStoreLog({ connectionString: eventstoreUrl?.reveal() ?? '', ...stamped });
  }
}

/** What tells this log from others. */
export async function identityOf({ eventLog }: Settings, log: EventLog): Promise<LogIdentity> {
  const [first] = await log.readAll(0n, 1);
  return { engine: eventLog, firstEvent: first?.id ?? null };
}
